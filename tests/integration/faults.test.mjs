// What goes wrong on a bad day. The link survives all of it, and nothing recorded is lost.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';

import { Estrad } from '../support/node/estrad.mjs';
import { fetchMedia, trackAddresses } from '../support/node/playlist.mjs';
import { run, until } from '../support/node/process.mjs';
import { publish } from '../support/node/publisher.mjs';

/** The worker processes of a server, found by their parent. */
function workers(server) {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
    try {
      const parent = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')[1];
      return Number(parent) === server.program.pid && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('\0pipeline\0--input\0flv\0');
    } catch {
      return false;
    }
  });
}

async function onAir(t, slug) {
  const server = await Estrad.start({ cleanUp: (end) => t.after(end) });
  const { stage, watch } = await server.event(slug);
  const start = () => {
    const presenter = publish(server.rtmpAddress(stage.key));
    t.after(() => presenter.stop('SIGKILL'));
    return presenter;
  };
  const presenter = start();
  await until(async () => (await server.api('GET', `/stages/${stage.id}/signal`)).connected);
  await server.api('POST', `/events/${slug}/start`);
  await until(async () => (await fetch(`${watch}/index.m3u8`)).ok, { within: 60_000 });
  const tracks = await trackAddresses(watch);
  await reach(tracks[0], 3);
  return { server, stage, watch, presenter, start, tracks, slug };
}

const newest = (list) => list.mediaSequence + list.segments.length - 1;
const reach = (track, msn) => until(async () => {
  const list = await fetchMedia(track);
  return newest(list) >= msn ? list : undefined;
}, { within: 30_000, what: () => `segment ${msn} of ${track}` });

/** The time line has no hole and no step back: every segment that decodes begins where the one before ended. */
async function assertContinuous(watch) {
  for (const track of await trackAddresses(watch)) {
    const probe = await run('ffprobe', ['-v', 'error', '-show_entries', 'packet=pts_time,duration_time', '-of', 'csv=p=0', track]);
    const packets = probe.stdout.trim().split('\n').map((line) => line.split(',').map(Number));
    let worst = 0;
    for (let i = 1; i < packets.length; ++i) {
      assert.ok(packets[i][0] > packets[i - 1][0], `${track}: time steps back at ${packets[i][0]}`);
      worst = Math.max(worst, packets[i][0] - packets[i - 1][0]);
    }
    assert.ok(packets.length > 50 && worst < 0.3, `${track}: a hole of ${worst} s in ${packets.length} packets`);
  }
}

test('the pipeline is killed: the time line goes on after a discontinuity, with the picture back', async (t) => {
  const { server, watch, tracks, slug } = await onAir(t, 'killed');
  const before = newest(await fetchMedia(tracks[0]));
  const [worker] = workers(server);
  process.kill(worker, 'SIGKILL');
  await until(() => workers(server).some((pid) => pid !== worker));
  const list = await reach(tracks[0], before + 4);
  assert.ok(list.segments.some((segment) => segment.isDiscontinuity));
  await server.api('POST', `/events/${slug}/stop`);
  await assertContinuous(watch);
});

test('the pipeline hangs: it is noticed and replaced', async (t) => {
  const { server, watch, tracks, slug } = await onAir(t, 'hung');
  const before = newest(await fetchMedia(tracks[0]));
  const [worker] = workers(server);
  process.kill(worker, 'SIGSTOP');
  t.after(() => {
    try {
      process.kill(worker, 'SIGKILL');
    } catch {
      // It is gone, as it should be.
    }
  });
  await until(() => workers(server).length > 0 && !workers(server).includes(worker));
  await reach(tracks[0], before + 5);
  await server.api('POST', `/events/${slug}/stop`);
  await assertContinuous(watch);
});

test('the server is killed: all that was finished is served, the event is live, numbers go on', async (t) => {
  const { server, watch, tracks, presenter, start, slug } = await onAir(t, 'crashed');
  const before = await fetchMedia(tracks[0]);
  const kept = before.segments.at(-1).uri;
  const bytes = Buffer.from(await (await fetch(new URL(kept, tracks[0]))).arrayBuffer());
  const takeBefore = tracks[0];
  await server.program.stop('SIGKILL');
  await presenter.stop('SIGKILL');
  await server.launch();
  assert.equal(await server.state(slug), 'live');
  assert.ok((await trackAddresses(watch)).includes(takeBefore), 'the addresses stay');
  const again = Buffer.from(await (await fetch(new URL(kept, tracks[0]))).arrayBuffer());
  assert.deepEqual(again, bytes);
  const slate = await reach(tracks[0], newest(before) + 2);
  assert.ok(slate.segments.some((segment) => segment.msn === before.segments.at(-1).msn), 'open pages find what they knew');
  start();
  await reach(tracks[0], newest(slate) + 3);
  await server.api('POST', `/events/${slug}/stop`);
  await assertContinuous(watch);
});

test('the publisher drops: the slate takes over, and the picture returns in the same time line', async (t) => {
  const { server, stage, watch, tracks, presenter, start, slug } = await onAir(t, 'dropped');
  await presenter.stop('SIGKILL');
  const before = newest(await fetchMedia(tracks[0]));
  await until(async () => !(await server.api('GET', `/stages/${stage.id}/signal`)).connected);
  const slate = await reach(tracks[0], before + 3);
  assert.ok(slate.segments.some((segment) => segment.isDiscontinuity));
  start();
  await until(async () => (await server.api('GET', `/stages/${stage.id}/signal`)).connected);
  const back = await reach(tracks[0], newest(slate) + 3);
  assert.ok(back.segments.filter((segment) => segment.isDiscontinuity).length >= 2);
  await server.api('POST', `/events/${slug}/stop`);
  await assertContinuous(watch);
});

test('the encoder reconnects while its old connection is half open: it is held, then wins', async (t) => {
  const { server, stage, watch, tracks, presenter, start, slug } = await onAir(t, 'half-open');
  presenter.signal('SIGSTOP');
  const second = start();
  const before = newest(await fetchMedia(tracks[0]));
  await reach(tracks[0], before + 4);
  assert.equal(second.exit, undefined, second.output);
  assert.equal((await server.api('GET', `/stages/${stage.id}/signal`)).connected, true);
  presenter.signal('SIGCONT');
  await presenter.stop('SIGKILL');
  await server.api('POST', `/events/${slug}/stop`);
  await assertContinuous(watch);
});

test('pause shows the slate and records nothing of the feed; resume brings the picture back', async (t) => {
  const { server, watch, tracks, slug } = await onAir(t, 'paused');
  await server.api('POST', `/events/${slug}/pause`);
  assert.equal(await server.state(slug), 'paused');
  const paused = await reach(tracks[0], newest(await fetchMedia(tracks[0])) + 3);
  await server.api('POST', `/events/${slug}/resume`);
  await reach(tracks[0], newest(paused) + 3);
  await server.api('POST', `/events/${slug}/stop`);
  await assertContinuous(watch);
});

test('SIGTERM: exit 0 within 5 s, and the event goes on after the restart', async (t) => {
  const { server, tracks, slug } = await onAir(t, 'restarted');
  const before = newest(await fetchMedia(tracks[0]));
  const started = Date.now();
  assert.deepEqual(await server.program.stop('SIGTERM'), { code: 0, signal: null });
  assert.ok(Date.now() - started < 5000);
  await server.launch();
  assert.equal(await server.state(slug), 'live');
  await reach(tracks[0], before + 2);
});
