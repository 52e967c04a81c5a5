// The main road: an encoder sends, staff go live, viewers watch, staff end, the same link is the recording, staff reopen.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Estrad } from '../support/node/estrad.mjs';
import { fetchMedia, parseMultivariant, trackAddresses } from '../support/node/playlist.mjs';
import { run, until } from '../support/node/process.mjs';
import { publish } from '../support/node/publisher.mjs';

test('a broadcast from the first frame to the recording and on again', async (t) => {
  const server = await Estrad.start({ cleanUp: (end) => t.after(end) });
  const { stage, slug, watch } = await server.event('budget-day');
  const presenter = publish(server.rtmpAddress(stage.key));
  t.after(() => presenter.stop());

  await t.test('the feed is seen by staff, and by nobody else', async () => {
    await until(async () => (await server.api('GET', `/stages/${stage.id}/signal`)).connected);
    const response = await fetch(`${watch}/index.m3u8`);
    assert.equal(response.status, 404);
    assert.ok(response.headers.get('retry-after'));
    const authorization = `Bearer ${server.token}`;
    const preview = `${server.url}/api/v1/stages/${stage.id}/preview/index.m3u8`;
    await until(async () => (await fetch(preview, { headers: { authorization } })).ok);
    assert.equal((await fetch(preview)).status, 401);
  });

  await t.test('Go live gives a ladder within moments', async () => {
    await server.api('POST', `/events/${slug}/start`);
    await until(async () => (await fetch(`${watch}/index.m3u8`)).ok);
    const list = parseMultivariant(await (await fetch(`${watch}/index.m3u8`)).text());
    const sizes = list.variants.map((variant) => variant.RESOLUTION).filter(Boolean);
    assert.deepEqual(sizes.sort(), ['640x360']);
    for (const variant of list.variants) assert.match(variant.CODECS, /mp4a\.40\.2/);
    assert.equal(list.media.length, 1);
    assert.equal(list.media[0].TYPE, 'AUDIO');
  });

  await t.test('parts and segments arrive and decode', async () => {
    const tracks = await trackAddresses(watch);
    assert.equal(tracks.length, 2);
    await until(async () => (await fetchMedia(tracks[0])).segments.length >= 3);
    for (const track of tracks) {
      const list = await fetchMedia(track);
      const bytes = [];
      for (const uri of [list.segments.at(-1).map, ...list.segments.slice(-2).map((segment) => segment.uri)]) {
        const response = await fetch(new URL(uri, track));
        assert.equal(response.status, 200, uri);
        bytes.push(Buffer.from(await response.arrayBuffer()));
      }
      const probe = await run('ffprobe', ['-v', 'error', '-count_frames', '-show_entries', 'stream=codec_name,nb_read_frames', '-of', 'csv=p=0', '-'],
        { input: Buffer.concat(bytes) });
      assert.equal(probe.stderr, '');
      assert.match(probe.stdout, /(h264|aac),\d{2,}/);
    }
  });

  await t.test('ffmpeg plays the live playlist as an old client', async () => {
    const played = await run('ffmpeg', ['-v', 'error', '-t', '2', '-i', `${watch}/index.m3u8`, '-f', 'null', '-']);
    assert.equal(played.code, 0, played.stderr);
  });

  let ended;
  await t.test('End gives the recording at the same address at once', async () => {
    await server.api('POST', `/events/${slug}/stop`);
    ended = Date.now();
    const lists = await until(async () => {
      const found = await Promise.all((await trackAddresses(watch)).map(fetchMedia));
      return found.every((list) => list.type === 'VOD') ? found : undefined;
    });
    t.diagnostic(`stop to playable: ${Date.now() - ended} ms`);
    for (const list of lists) {
      assert.ok(list.isEnded);
      assert.equal(list.mediaSequence, 0);
      assert.equal(list.type, 'VOD');
    }
    await until(async () => (await server.state(slug)) === 'published');
    const probe = await run('ffprobe', ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', `${watch}/index.m3u8`]);
    assert.ok(Number(probe.stdout) > 5, `${probe.stdout} ${probe.stderr}`);
  });

  await t.test('Reopen goes on in the same take', async () => {
    const before = await Promise.all((await trackAddresses(watch)).map(fetchMedia));
    const reach = Math.max(...before.map((list) => list.segments.at(-1).msn));
    await server.api('POST', `/events/${slug}/reopen`);
    const tracks = await trackAddresses(watch);
    const list = await until(async () => {
      const now = await fetchMedia(tracks[0]);
      return now.segments.length > 0 && now.segments.at(-1).msn > reach + 1 ? now : undefined;
    });
    assert.equal(list.isEnded, false);
    await server.api('POST', `/events/${slug}/stop`);
    const whole = await fetchMedia((await trackAddresses(watch))[0]);
    assert.equal(whole.segments.filter((segment) => segment.isDiscontinuity).length >= 1, true);
    const decoded = await run('ffmpeg', ['-v', 'error', '-i', `${watch}/index.m3u8`, '-f', 'null', '-']);
    assert.equal(decoded.code, 0);
    assert.equal(decoded.stderr, '');
  });
});
