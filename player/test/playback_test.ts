import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Backoff } from '../src/base/backoff.js';
import { Store } from '../src/base/store.js';
import { ProgressWatch } from '../src/playback/progress_watch.js';
import { picture_in, takes_questions } from '../src/webcast.js';

test('a picture that does not move for eight seconds is noticed, again and again', () => {
  const watch = new ProgressWatch(8);
  const noticed = Array.from({ length: 20 }, (_, second) => watch.check(5, true, second)).flatMap((is_stuck, second) => (is_stuck ? [second] : []));
  assert.deepEqual(noticed, [8, 16]);
});

test('a picture that moves or was stopped is left alone', () => {
  const watch = new ProgressWatch(8);
  assert.ok(!Array.from({ length: 30 }, (_, second) => watch.check(second, true, second)).includes(true));
  assert.ok(!Array.from({ length: 30 }, (_, second) => watch.check(5, false, second)).includes(true));
});

test('a machine that slept is noticed at its first moment awake, though the picture has moved a little', () => {
  const watch = new ProgressWatch(8);
  assert.equal(watch.check(5, true, 0), false);
  assert.equal(watch.check(6, true, 1), false);
  assert.equal(watch.check(6.3, true, 600), true);
  assert.equal(watch.check(7.3, true, 601), false);
});

test('a page in the background, looked after once a minute, is no machine that slept', () => {
  const watch = new ProgressWatch(8);
  assert.ok(!Array.from({ length: 10 }, (_, minute) => watch.check(minute * 59, true, minute * 60)).includes(true));
});

test('waits double up to the most, and start over after success', () => {
  const backoff = new Backoff(500, 4000, () => 0.5);
  assert.deepEqual(Array.from({ length: 5 }, () => backoff.next()), [500, 1000, 2000, 4000, 4000]);
  backoff.reset();
  assert.equal(backoff.next(), 500);
});

test('a store tells of real changes only', () => {
  const store = new Store({ a: 1, b: 2 });
  let told = 0;
  const stop = store.subscribe(() => ++told);
  store.update({ a: 1 });
  store.update({ a: 3, b: 2 });
  stop();
  store.update({ a: 4 });
  assert.equal(told, 1);
});

test('the stage plays live in pauses too, and nothing before or under review', () => {
  assert.equal(picture_in('paused'), 'live');
  assert.equal(picture_in('published'), 'recorded');
  assert.equal(picture_in('lobby'), 'none');
  assert.equal(picture_in('review'), 'none');
  assert.ok(takes_questions('lobby'));
  assert.ok(!takes_questions('published'));
});
