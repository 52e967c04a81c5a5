import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LatencyTarget } from '../src/playback/latency_target.js';

const hold_back_s = 1.536;
const part_s = 0.512;

/** Ticks as a player does, five times a second; the gap is a saw tooth of one part upon `least_s`. */
function play(target: LatencyTarget, from_s: number, seconds: number, least_s: number): number {
  for (let tick = 0; tick <= seconds * 5; ++tick) {
    target.note_gap(least_s + ((tick % 3) / 2) * part_s, from_s + tick / 5);
  }
  return from_s + seconds;
}

const rounded = (target: LatencyTarget): number => Math.round(target.seconds * 100) / 100;

test('starts at what the playlist advises', () => {
  assert.equal(new LatencyTarget(hold_back_s, part_s).seconds, hold_back_s);
});

test('closes in slowly on one part and the time to fetch it', () => {
  const target = new LatencyTarget(hold_back_s, part_s);
  play(target, 0, 10, 0.1);
  assert.ok(target.seconds > 1.3);
  play(target, 10, 60, 0.1);
  assert.equal(rounded(target), 1.23);
});

test('keeps less to spare where parts are short', () => {
  const target = new LatencyTarget(0.64, 0.213);
  play(target, 0, 60, 0.1);
  assert.ok(target.seconds < 0.9, `${target.seconds}`);
});

test('goes back at once when the gap widens, and not so close again for two minutes', () => {
  const target = new LatencyTarget(hold_back_s, part_s);
  let now_s = play(target, 0, 60, 0.1);
  target.note_gap(1.1, now_s);
  assert.equal(rounded(target), 1.71);
  now_s = play(target, now_s, 110, 0.1);
  assert.equal(rounded(target), 1.71);
  play(target, now_s, 60, 0.1);
  assert.equal(rounded(target), 1.23);
});

test('goes further back than advised when the network needs it', () => {
  const target = new LatencyTarget(hold_back_s, part_s);
  play(target, 0, 60, 1.0);
  assert.equal(rounded(target), 2.13);
});

test('an outage does not send it further than twice the advice', () => {
  const target = new LatencyTarget(hold_back_s, part_s);
  target.note_gap(20, 0);
  assert.equal(target.seconds, 2 * hold_back_s);
});
