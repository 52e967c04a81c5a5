// Each wrong thing gets one clear error that says what to mend, and disturbs nothing else.
import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { test } from 'node:test';

import { Estrad, binary } from '../support/node/estrad.mjs';
import { run, until } from '../support/node/process.mjs';
import { publish } from '../support/node/publisher.mjs';

const serve = (...args) => run(binary, ['serve', ...args], { timeout: 15_000 });
const folder = () => mkdtempSync(join(tmpdir(), 'estrad-bad-'));

test('an unknown configuration key is named, with the nearest that exists', async () => {
  const result = await serve('--data', folder(), '--set', 'http.listn=127.0.0.1:0');
  assert.equal(result.code, 78);
  assert.match(result.stderr, /http\.listn/);
  assert.match(result.stderr, /http\.listen/);
});

test('a wrong value in the file is named with file, key, value and what is allowed', async () => {
  const file = join(folder(), 'estrad.json');
  writeFileSync(file, '{ "hls": { "part_ms": "soon" } }');
  const result = await serve('--config', file, '--data', folder());
  assert.equal(result.code, 78);
  assert.match(result.stderr, /estrad\.json/);
  assert.match(result.stderr, /hls\.part_ms/);
  assert.match(result.stderr, /soon/);
});

test('a taken port is named, with what to do', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const address = `127.0.0.1:${holder.address().port}`;
  for (const [key, other] of [['http.listen', 'rtmp.listen'], ['rtmp.listen', 'http.listen']]) {
    const result = await serve('--data', folder(), '--set', `${key}=${address}`, '--set', `${other}=127.0.0.1:0`);
    assert.equal(result.code, 69, result.stderr);
    assert.match(result.stderr, new RegExp(address.replaceAll('.', '\\.')));
    assert.match(result.stderr, new RegExp(key.replace('.', '\\.')));
  }
  holder.close();
});

test('a data folder that cannot be written to is named', async () => {
  const file = join(folder(), 'file');
  writeFileSync(file, '');
  chmodSync(file, 0o444);
  const result = await serve('--data', join(file, 'data'), '--set', 'http.listen=127.0.0.1:0', '--set', 'rtmp.listen=127.0.0.1:0');
  assert.notEqual(result.code, 0);
  assert.match(result.stderr, /file\/data/);
});

test('a missing GStreamer element is named by doctor, with its package', async () => {
  const result = await run('env', ['GST_PLUGIN_SYSTEM_PATH_1_0=/nonexistent', `GST_REGISTRY=${join(folder(), 'registry')}`, binary, 'doctor', '--data', folder()]);
  assert.equal(result.code, 69);
  assert.match(result.stdout + result.stderr, /x264enc/);
  assert.match(result.stdout + result.stderr, /gstreamer1\.0-plugins-ugly/);
});

test('on a running server', async (t) => {
  const server = await Estrad.start({ cleanUp: (end) => t.after(end) });
  const { slug, watch } = await server.event('undisturbed');

  await t.test('a wrong stream key is refused in the protocol\'s own words', async () => {
    const presenter = publish(server.rtmpAddress('not-a-key'));
    const end = await presenter.exited;
    assert.notEqual(end.code, 0);
    await server.program.line(/refused|wrong|unknown/i);
    assert.doesNotMatch(server.program.output, /not-a-key/, 'a key never stands in the log');
  });

  await t.test('garbage on the RTMP port closes that connection alone', async () => {
    const [host, port] = server.rtmp.split(':');
    const socket = connect(Number(port), host);
    socket.on('error', () => {});
    socket.write(randomBytes(100_000));
    await new Promise((resolve) => socket.on('close', resolve));
  });

  await t.test('malformed JSON says where', async () => {
    const response = await fetch(`${server.url}/api/v1/events`, { method: 'POST', body: '{"slug": "x", }', headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' } });
    assert.equal(response.status, 400);
    assert.match(response.headers.get('content-type'), /application\/problem\+json/);
    assert.match((await response.json()).detail, /line 1|column|byte|position/i);
  });

  await t.test('an unknown field is named', async () => {
    const problem = await server.api('POST', '/events', { slug: 'y', title: 'Y', stage: 'stage-undisturbed', colour: 'red' }, { expect: 400 });
    assert.match(JSON.stringify(problem), /colour/);
  });

  await t.test('a question of 10 MB is refused, and not kept in memory', async () => {
    await server.api('PATCH', `/events/${slug}`, { questions: 'open' });
    const memory = () => Number(readFileSync(`/proc/${server.program.pid}/status`, 'utf8').match(/VmHWM:\s+(\d+)/)[1]);
    const before = memory();
    const response = await fetch(`${watch}/questions`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ text: 'a'.repeat(10 << 20) }) });
    assert.equal(response.status, 413);
    assert.match(response.headers.get('content-type'), /application\/problem\+json/);
    // AddressSanitizer keeps what is freed for a while: there it would be counted.
    if (!process.env.ASAN_OPTIONS) assert.ok(memory() - before < 5 * 1024, `${memory() - before} kB more than before`);
  });

  await t.test('and the server answers as before', async () => {
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
    assert.equal((await fetch(`${server.url}/readyz`)).status, 200);
    assert.equal((await fetch(watch)).status, 200);
    assert.equal(server.program.exit, undefined);
  });
});

test('a stage that there is no room for is refused in words, and the one on air goes on', async (t) => {
  const server = await Estrad.start({ settings: ['media.max_live=1'], cleanUp: (end) => t.after(end) });
  const [first, second] = [(await server.event('first')).stage, (await server.event('second')).stage];
  const presenter = publish(server.rtmpAddress(first.key));
  t.after(() => presenter.stop('SIGKILL'));
  await until(async () => (await server.api('GET', `/stages/${first.id}/signal`)).connected);
  const refused = await publish(server.rtmpAddress(second.key)).exited;
  assert.notEqual(refused.code, 0);
  await server.program.line(/a presenter was refused: .*takes 1 stages? at the same time \(media\.max_live\)/);
  assert.equal((await server.api('GET', `/stages/${first.id}/signal`)).connected, true);
  assert.equal((await server.api('GET', `/stages/${second.id}/signal`)).connected, false);
});
