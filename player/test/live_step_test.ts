import assert from 'node:assert/strict';
import { test } from 'node:test';
import { live_step } from '../src/playback/live_step.js';

const place = { latency_s: 1.4, target_s: 1.2, buffer_ahead_s: 0.8, is_following: true, speed: 1 };

test('near its target a live picture follows', () => {
  assert.equal(live_step(place), 'follow');
  assert.equal(live_step({ ...place, latency_s: 5 }), 'follow');
});

test('far behind by a failure it jumps, behind by the viewer\'s wish it stays', () => {
  assert.equal(live_step({ ...place, latency_s: 12 }), 'jump');
  assert.equal(live_step({ ...place, latency_s: 12, is_following: false }), 'behind');
  assert.equal(live_step({ ...place, latency_s: 3 * 3600, is_following: false }), 'behind');
});

test('late by more than half a minute of catching up it jumps, if that leaves something to play', () => {
  assert.equal(live_step({ ...place, latency_s: 3, buffer_ahead_s: 2.5 }), 'jump');
  assert.equal(live_step({ ...place, latency_s: 3, buffer_ahead_s: 2.3 }), 'follow');
  assert.equal(live_step({ ...place, latency_s: 2.6, buffer_ahead_s: 2.5 }), 'follow');
});

test('a viewer\'s speed is left alone until there is nothing left to catch up with', () => {
  assert.equal(live_step({ ...place, latency_s: 60, is_following: false, speed: 1.5 }), 'behind');
  assert.equal(live_step({ ...place, latency_s: 1.1, is_following: false, speed: 1.5 }), 'arrive');
  assert.equal(live_step({ ...place, latency_s: 1.1, speed: 0.75 }), 'behind');
});
