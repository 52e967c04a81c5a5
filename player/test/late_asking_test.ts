import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LateAsking } from '../src/playback/late_asking.js';

test('asks at once until an answer has had to wait', () => {
  const asking = new LateAsking(() => 500);
  assert.equal(asking.delay(1000), 0);
  asking.note_answer(1000, 1005);
  assert.equal(asking.delay(1006), 0);
});

test('then asks shortly before the next part is due', () => {
  const asking = new LateAsking(() => 500);
  asking.note_answer(1000, 1400);
  assert.equal(asking.delay(1410), 290);
  assert.equal(asking.delay(1800), 0);
});

test('never holds a request back for longer than a part', () => {
  const asking = new LateAsking(() => 500);
  asking.note_answer(1000, 9000);
  assert.equal(asking.delay(1000), 500);
});
