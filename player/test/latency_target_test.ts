import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LatencyTarget } from '../src/playback/latency_target.js';

/** Ticks as a player does, five times a second. */
function play(target: LatencyTarget, from_s: number, seconds: number, ahead_s: number): number {
  for (let tick = 0; tick <= seconds * 5; ++tick) {
    target.note_buffer(ahead_s, from_s + tick / 5);
  }
  return from_s + seconds;
}

const rounded = (target: LatencyTarget): number => Math.round(target.seconds * 100) / 100;

test('starts at what the playlist advises', () => {
  assert.equal(new LatencyTarget(1.536, 0.512).seconds, 1.536);
});

test('closes in on one part and a margin while the buffer is ample', () => {
  const target = new LatencyTarget(1.536, 0.512);
  play(target, 0, 120, 0.6);
  assert.equal(rounded(target), 1.01);
});

test('keeps its distance from a network that is late', () => {
  const target = new LatencyTarget(1.536, 0.512);
  for (let part = 0; part < 60; ++part) {
    target.note_arrival(part % 5 === 0 ? 0.4 : 0);
  }
  play(target, 0, 120, 0.6);
  assert.equal(rounded(target), 1.41);
});

test('moves back when the buffer gets scarce, before it is empty', () => {
  const target = new LatencyTarget(1.536, 0.512);
  play(target, 0, 12, 0.05);
  assert.ok(target.seconds > 1.6);
});

test('backs off by one part at a stall and is careful for two minutes', () => {
  const target = new LatencyTarget(1.536, 0.512);
  const now_s = play(target, 0, 60, 0.6);
  target.note_stall(now_s);
  const after_stall = target.seconds;
  assert.ok(after_stall > 1.3);
  play(target, now_s, 60, 0.6);
  assert.equal(rounded(target), 1.27);
  play(target, now_s + 130, 60, 0.6);
  assert.equal(rounded(target), 1.01);
});

test('never goes further back than three times the advice', () => {
  const target = new LatencyTarget(1.536, 0.512);
  for (let stall = 0; stall < 20; ++stall) {
    target.note_stall(stall);
  }
  assert.ok(target.seconds <= 1.536 * 3);
});
