// The rules of an LL-HLS origin, each checked on a real live playlist (the clause is in the test's name).
import assert from 'node:assert/strict';
import { before, after, test } from 'node:test';

import { Estrad } from '../support/node/estrad.mjs';
import { fetchMedia, parseMedia, parseMultivariant, trackAddresses } from '../support/node/playlist.mjs';
import { until } from '../support/node/process.mjs';
import { publish } from '../support/node/publisher.mjs';

let server;
let presenter;
let watch;
let tracks;

before(async () => {
  server = await Estrad.start();
  const made = await server.event('rules');
  watch = made.watch;
  presenter = publish(server.rtmpAddress(made.stage.key));
  // The tracks are settled by the feed when it is there before the event goes on air.
  await until(async () => (await server.api('GET', '/stages/stage-rules/signal')).size);
  await server.api('POST', '/events/rules/start');
  await until(async () => (await fetch(`${watch}/index.m3u8`)).ok);
  tracks = await trackAddresses(watch);
  await until(async () => (await fetchMedia(tracks[0])).segments.length >= 8, { within: 40_000 });
});

after(async () => {
  await presenter?.stop();
  await server?.close();
});

const video = () => tracks.find((track) => track.includes('/v'));
const at = (address, query) => fetch(`${address}?${query}`);

test('multivariant: codecs, size, rates, audio group, captions stated, independent segments, an audio-only variant', async () => {
  const text = await (await fetch(`${watch}/index.m3u8`)).text();
  const { variants, media } = parseMultivariant(text);
  assert.match(text, /#EXT-X-INDEPENDENT-SEGMENTS/);
  for (const variant of variants) {
    assert.ok(Number(variant.BANDWIDTH) >= Number(variant['AVERAGE-BANDWIDTH']), text);
    assert.ok(variant.CODECS);
    assert.equal(variant['CLOSED-CAPTIONS'], variant.RESOLUTION ? 'NONE' : variant['CLOSED-CAPTIONS']);
    if (variant.RESOLUTION) assert.equal(Number(variant['FRAME-RATE']), 25);
  }
  assert.ok(variants.some((variant) => !variant.RESOLUTION), 'an audio-only variant');
  assert.equal(media[0].DEFAULT, 'YES');
});

test('segment durations, rounded, are at most the target duration, which is the same everywhere', async () => {
  for (const track of tracks) {
    const list = await fetchMedia(track);
    assert.equal(list.targetDuration, 2);
    for (const segment of list.segments) assert.ok(Math.round(segment.duration) <= 2, `${track} ${segment.duration}`);
  }
});

test('a live playlist lists at least 3 target durations and has no type', async () => {
  for (const track of tracks) {
    const list = await fetchMedia(track);
    assert.ok(list.segments.reduce((sum, segment) => sum + segment.duration, 0) >= 6);
    assert.equal(list.type, undefined);
    assert.equal(list.isEnded, false);
  }
});

test('parts stand in the last 3 target durations only, but stay fetchable', async () => {
  const list = await fetchMedia(video());
  const withParts = list.segments.filter((segment) => segment.parts.length > 0);
  assert.ok(withParts.length >= 2 && withParts.length <= 4, `${withParts.length} segments with parts`);
  const old = withParts[0].parts[0].uri;
  await until(async () => !(await fetchMedia(video())).text.includes(old));
  assert.equal((await fetch(new URL(old, video()))).status, 200);
});

test('all parts but the last of a segment last at least 85 % of PART-TARGET and none is longer', async () => {
  for (const track of tracks) {
    const list = await fetchMedia(track);
    for (const { parts } of list.segments) {
      parts.forEach((part, index) => {
        assert.ok(part.duration <= list.partTarget + 1e-3, `${part.duration}`);
        if (index < parts.length - 1) assert.ok(part.duration >= 0.85 * list.partTarget, `${part.duration} of ${list.partTarget}`);
      });
    }
  }
});

test('server control is the same in all playlists: blocking reload, HOLD-BACK 3 TD, PART-HOLD-BACK 3 PART-TARGET, CAN-SKIP-UNTIL 6 TD', async () => {
  const lists = await Promise.all(tracks.map(fetchMedia));
  for (const list of lists) {
    assert.deepEqual(list.serverControl, lists[0].serverControl);
    assert.equal(list.partTarget, lists[0].partTarget);
    assert.equal(list.serverControl['CAN-BLOCK-RELOAD'], 'YES');
    assert.ok(Number(list.serverControl['HOLD-BACK']) >= 3 * list.targetDuration);
    assert.ok(Number(list.serverControl['PART-HOLD-BACK']) >= 3 * list.partTarget - 1e-9);
    assert.ok(Number(list.serverControl['CAN-SKIP-UNTIL']) >= 6 * list.targetDuration);
  }
});

test('the first part of every video segment is independent', async () => {
  const list = await fetchMedia(video());
  for (const segment of list.segments) if (segment.parts.length > 0) assert.equal(segment.parts[0].independent, true);
});

test('tracks share media sequence numbers, discontinuities and date-times', async () => {
  const lists = await Promise.all(tracks.map(fetchMedia));
  const [first, second] = lists;
  for (const segment of first.segments) {
    const twin = second.segments.find((other) => other.msn === segment.msn);
    if (!twin) continue;
    assert.equal(Boolean(twin.isDiscontinuity), Boolean(segment.isDiscontinuity));
    if (twin.dateTime && segment.dateTime) assert.ok(Math.abs(twin.dateTime - segment.dateTime) <= 30, `${twin.dateTime - segment.dateTime} ms`);
  }
});

test('program date-time is the wall clock of the picture', async () => {
  const list = await fetchMedia(video());
  const newest = list.segments.filter((segment) => segment.dateTime).at(-1);
  const age = Date.now() - newest.dateTime;
  assert.ok(age > 0 && age < 8000, `${age} ms`);
});

test('a preload hint is always there; its request blocks until the part is ready, then gives it', async () => {
  const list = await fetchMedia(video());
  assert.equal(list.hint.TYPE, 'PART');
  const response = await fetch(new URL(list.hint.URI, video()));
  assert.equal(response.status, 200);
  assert.ok((await response.arrayBuffer()).byteLength > 100);
  assert.match(response.headers.get('cache-control'), /immutable/);
});

test('_HLS_msn and _HLS_part block until the playlist holds the part', async () => {
  const now = await fetchMedia(video());
  const msn = now.mediaSequence + now.segments.length;
  const part = now.openParts.length;
  const response = await at(video(), `_HLS_msn=${msn}&_HLS_part=${part + 1}`);
  assert.equal(response.status, 200);
  const then = parseMedia(await response.text());
  const held = then.mediaSequence + then.segments.length > msn || then.openParts.length > part + 1;
  assert.ok(held);
});

test('a part past the last of its segment means part 0 of the next', async () => {
  const now = await fetchMedia(video());
  const msn = now.mediaSequence + now.segments.length;
  const response = await at(video(), `_HLS_msn=${msn}&_HLS_part=4`);
  assert.equal(response.status, 200);
});

test('identical blocking requests get byte-identical answers', async () => {
  const now = await fetchMedia(video());
  const msn = now.mediaSequence + now.segments.length + 1;
  const answers = await Promise.all(Array.from({ length: 20 }, async () => (await at(video(), `_HLS_msn=${msn}&_HLS_part=0`)).text()));
  assert.equal(new Set(answers).size, 1);
});

test('bad requests: part without msn, an msn too far ahead, no number: 400, cacheable for a second', async () => {
  const now = await fetchMedia(video());
  const last = now.mediaSequence + now.segments.length;
  for (const query of ['_HLS_part=1', `_HLS_msn=${last + 5}`, '_HLS_msn=abc', '_HLS_msn=-1', `_HLS_msn=${last}&_HLS_part=40`]) {
    const response = await at(video(), query);
    assert.equal(response.status, 400, query);
    assert.match(response.headers.get('cache-control'), /max-age=1\b/);
  }
});

test('unknown query parameters are ignored', async () => {
  assert.equal((await at(video(), 'utm_source=newsletter&_HLS_skip=PERHAPS')).status, 200);
  assert.equal(parseMedia(await (await at(video(), '_HLS_skip=PERHAPS')).text()).skipped, 0);
});

test('EXT-X-RENDITION-REPORT for every other rendition, with its last segment and part', async () => {
  for (const track of tracks) {
    const { reports, openParts, mediaSequence, segments } = await fetchMedia(track);
    const own = new URL(track).pathname.split('/').at(-1);
    assert.deepEqual(reports.map(({ URI }) => new URL(URI, track).href).sort(), tracks.filter((other) => other !== track).sort(), own);
    const end = mediaSequence + segments.length + (openParts.length > 0 ? 0 : -1);
    for (const report of reports) {
      assert.ok(Math.abs(Number(report['LAST-MSN']) - end) <= 1, `${report['LAST-MSN']} beside ${end}`);
      assert.ok(Number(report['LAST-PART']) >= 0);
    }
  }
});

test('a delta update for _HLS_skip=YES and v2: the whole playlist without the segments behind the skip boundary', async () => {
  await until(async () => (await fetchMedia(video())).segments.length >= 14, { within: 60_000 });
  for (const directive of ['YES', 'v2']) {
    const { mediaSequence, segments } = await fetchMedia(video());
    const query = `_HLS_msn=${mediaSequence + segments.length + 1}&_HLS_part=0`;
    // Both are answered with the same state of the track.
    const [delta, whole] = await Promise.all([`${query}&_HLS_skip=${directive}`, query].map(async (each) => parseMedia(await (await at(video(), each)).text())));
    assert.equal(delta.version, 9);
    assert.equal(whole.version, 6);
    assert.ok(delta.skipped > 0, delta.text);
    assert.equal(delta.mediaSequence, whole.mediaSequence);
    assert.equal(delta.skipped + delta.segments.length, whole.segments.length);
    const kept = whole.segments.slice(delta.skipped);
    assert.deepEqual(delta.segments.map(({ uri }) => uri), kept.map(({ uri }) => uri));
    const listed = kept.reduce((sum, { duration }) => sum + duration, 0);
    assert.ok(listed >= Number(delta.serverControl['CAN-SKIP-UNTIL']) - whole.targetDuration, `${listed} s are left`);
    assert.deepEqual(delta.openParts, whole.openParts);
    assert.ok(delta.text.length < whole.text.length);
  }
});

test('the playlist reaches back to the start of the event, and what is older than memory is fetchable', async () => {
  for (const track of tracks) {
    const list = await fetchMedia(track);
    assert.equal(list.mediaSequence, 0);
    for (const segment of [list.segments[0], list.segments[2]]) {
      const response = await fetch(new URL(segment.uri, track));
      assert.equal(response.status, 200);
      assert.ok((await response.arrayBuffer()).byteLength > 100);
    }
    assert.equal((await fetch(new URL(list.segments[0].map, track))).status, 200);
  }
});

test('404 for what will never exist, cacheable for a second', async () => {
  const missing = new URL(video().replace('.m3u8', '/1-999999.m4s'));
  const response = await fetch(missing);
  assert.equal(response.status, 404);
  assert.match(response.headers.get('cache-control'), /max-age=1\b/);
});

test('media: ETag, Range, immutable for a day, CORS', async () => {
  const list = await fetchMedia(video());
  const address = new URL(list.segments.at(-2).uri, video());
  const whole = await fetch(address);
  const bytes = Buffer.from(await whole.arrayBuffer());
  assert.match(whole.headers.get('cache-control'), /max-age=86400, immutable/);
  assert.equal(whole.headers.get('access-control-allow-origin'), '*');
  const etag = whole.headers.get('etag');
  assert.ok(etag);
  assert.equal((await fetch(address, { headers: { 'if-none-match': etag } })).status, 304);
  const piece = await fetch(address, { headers: { range: 'bytes=100-199' } });
  assert.equal(piece.status, 206);
  assert.deepEqual(Buffer.from(await piece.arrayBuffer()), bytes.subarray(100, 200));
  assert.equal(piece.headers.get('content-range'), `bytes 100-199/${bytes.length}`);
});

test('playlists: gzip by negotiation, short life, blocking answers cacheable about 6 target durations', async () => {
  const plain = await fetch(video(), { headers: { 'accept-encoding': 'gzip' } });
  assert.equal(plain.headers.get('content-encoding'), 'gzip');
  assert.match(plain.headers.get('vary'), /accept-encoding/i);
  assert.match(plain.headers.get('cache-control'), /max-age=1\b/);
  const now = await fetchMedia(video());
  const blocked = await at(video(), `_HLS_msn=${now.mediaSequence + now.segments.length}&_HLS_part=0`);
  assert.match(blocked.headers.get('cache-control'), /max-age=12\b/);
  assert.equal(blocked.headers.get('set-cookie'), null);
});

test('the part length follows the event\'s latency: lowest 200 ms, scale 1 s', async () => {
  for (const [latency, target] of [['lowest', 0.213_34], ['scale', 1.002_67]]) {
    const slug = `latency-${latency}`;
    const { stage, watch: other } = await server.event(slug, { latency });
    const feed = publish(server.rtmpAddress(stage.key));
    try {
      await until(async () => (await server.api('GET', `/stages/${stage.id}/signal`)).size);
      await server.api('POST', `/events/${slug}/start`);
      await until(async () => (await fetch(`${other}/index.m3u8`)).ok);
      for (const track of await trackAddresses(other)) {
        const list = await until(async () => {
          const now = await fetchMedia(track);
          return now.segments.length >= 4 ? now : undefined;
        });
        assert.ok(Math.abs(list.partTarget - target) < 1e-3, `${track}: ${list.partTarget}`);
        for (const { parts } of list.segments) {
          parts.forEach((part, index) => {
            assert.ok(part.duration <= list.partTarget + 1e-3, `${part.duration}`);
            if (index < parts.length - 1) assert.ok(part.duration >= 0.85 * list.partTarget, `${part.duration}`);
          });
        }
      }
    } finally {
      await feed.stop();
      await server.api('POST', `/events/${slug}/stop`);
    }
  }
});
