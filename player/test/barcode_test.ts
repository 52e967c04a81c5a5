import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wall_clock_ms } from '../src/playback/barcode.js';

/** The strip as the demo's presenter draws it. */
function strip(at_ms: number): number[] {
  const nibbles = Array.from({ length: 11 }, (_, index) => Math.floor(at_ms / 16 ** (10 - index)) % 16);
  const check = nibbles.reduce((value, nibble) => value ^ nibble, 0);
  const bits = [...nibbles, check].flatMap((nibble) => [8, 4, 2, 1].map((bit) => (nibble & bit ? 1 : 0)));
  return [1, 0, ...bits].map((bit) => (bit ? 235 : 16));
}

test('reads the wall clock from the strip', () => {
  assert.equal(wall_clock_ms(strip(1_795_314_000_123)), 1_795_314_000_123);
});

test('refuses a strip with a wrong bit', () => {
  const cells = strip(1_795_314_000_123);
  cells[20] = cells[20] === 16 ? 235 : 16;
  assert.equal(wall_clock_ms(cells), null);
});

test('refuses a picture without a strip', () => {
  assert.equal(wall_clock_ms(Array.from({ length: 50 }, () => 200)), null);
  assert.equal(wall_clock_ms([]), null);
});
