import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Catalogue } from '../src/base/catalogue.js';
import { type PlaybackState, starting } from '../src/playback/playback.js';
import { statistics_rows } from '../src/player/statistics_rows.js';

const playing: PlaybackState = {
  ...starting('live'), status: 'playing', latency_s: 1.42, target_s: 1.2, rate: 1.03, stalls: 2, starvations: 1,
  qualities: [{ id: 0, label: '720p' }, { id: -2, label: 'Audio only' }], shown_quality: 0,
  statistics: {
    buffer_ahead_s: 0.94, size: { width: 1280, height: 720 }, frame_rate: 30, shown_frames: 4497, dropped_frames: 3,
    bitrate_bps: 2_130_000, bandwidth_bps: 14_000_000, transport: 'h2', is_online: true,
  },
};
const english = (state: PlaybackState): Record<string, string> => Object.fromEntries(statistics_rows(state, new Catalogue('en')));

test('tells of latency, buffer, rung, frames, stalls, speed and connection', () => {
  assert.deepEqual(english(playing), {
    'Behind live': '1.4 s (target 1.2 s)',
    'Buffered ahead': '0.9 s',
    Quality: '720p · 30 fps · 2,130 kbit/s',
    'Dropped frames': '3 of 4,500',
    Stalls: '2 (1 with nothing buffered)',
    Speed: '1.03×',
    Connection: 'connected · 14.0 Mbit/s · HTTP/2',
  });
});

test('writes numbers as the page\'s language does', () => {
  const swedish = Object.fromEntries(statistics_rows(playing, new Catalogue('sv')));
  assert.equal(swedish['Efter direkt'], '1,4 s (mål 1,2 s)');
});

test('a recording is behind nothing, and the sound alone has no frames a second', () => {
  const rows = english({ ...playing, mode: 'recorded', shown_quality: -2, statistics: { ...playing.statistics!, size: null } });
  assert.equal(rows['Behind live'], undefined);
  assert.equal(rows['Quality'], 'Audio only · 2,130 kbit/s');
  assert.equal(rows['Dropped frames'], undefined);
});

test('says when the server does not answer, and nothing before it is asked', () => {
  assert.ok((english({ ...playing, status: 'lost' })['Connection'] ?? '').startsWith('disconnected'));
  assert.ok((english({ ...playing, status: 'waiting', statistics: { ...playing.statistics!, is_online: false } })['Connection'] ?? '').startsWith('disconnected'));
  assert.deepEqual(statistics_rows(starting('live'), new Catalogue('en')), []);
});
