import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quality_wish_of, rung_for } from '../src/playback/wishes.js';

const heights = [360, 480, 720];

test('a wish is kept as a height, as the sound alone, or not at all', () => {
  assert.equal(quality_wish_of('720'), 720);
  assert.equal(quality_wish_of('audio'), 'audio');
  assert.equal(quality_wish_of(null), 'auto');
  assert.equal(quality_wish_of('nonsense'), 'auto');
  assert.equal(quality_wish_of('-3'), 'auto');
});

test('a wish finds its own height, else the next below, else the lowest', () => {
  assert.equal(rung_for(480, heights), 1);
  assert.equal(rung_for(1080, heights), 2);
  assert.equal(rung_for(540, heights), 1);
  assert.equal(rung_for(240, heights), 0);
});

test('without a height the network chooses', () => {
  assert.equal(rung_for('auto', heights), -1);
  assert.equal(rung_for('audio', heights), -1);
  assert.equal(rung_for(480, []), -1);
});
