import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RateController } from '../src/playback/rate_controller.js';

const near = { target_s: 1, buffer_ahead_s: 0.8 };

test('plays at full speed when half a second or more behind its target', () => {
  assert.equal(new RateController().rate_for({ ...near, latency_s: 1.5 }), 1.05);
  assert.equal(new RateController().rate_for({ ...near, latency_s: 3 }), 1.05);
});

test('slows down when it is ahead of its target', () => {
  assert.equal(new RateController().rate_for({ ...near, latency_s: 0.7 }), 0.97);
  assert.equal(new RateController().rate_for({ ...near, latency_s: 0.2 }), 0.95);
});

test('leaves small errors alone, but finishes a correction once begun', () => {
  const controller = new RateController();
  assert.equal(controller.rate_for({ ...near, latency_s: 1.08 }), 1);
  assert.equal(controller.rate_for({ ...near, latency_s: 1.2 }), 1.02);
  assert.equal(controller.rate_for({ ...near, latency_s: 1.08 }), 1.01);
  assert.equal(controller.rate_for({ ...near, latency_s: 1.02 }), 1);
  assert.equal(controller.rate_for({ ...near, latency_s: 1.08 }), 1);
});

test('does not speed up into an empty buffer', () => {
  assert.equal(new RateController().rate_for({ target_s: 1, latency_s: 2, buffer_ahead_s: 0.1 }), 1);
});
