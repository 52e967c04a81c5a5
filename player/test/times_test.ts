import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countdown, long_date, media_time, start_position, time_span, zone_name, zones_differ } from '../src/base/times.js';
import { zone_note } from '../src/base/zone_note.js';

const noon = new Date('2026-03-03T12:00:00Z');
const one = new Date('2026-03-03T13:00:00Z');

test('shows times in the event\'s zone', () => {
  assert.equal(time_span(noon, one, 'Europe/Stockholm', 'sv'), '13:00–14:00');
  assert.equal(time_span(noon, null, 'Europe/Stockholm', 'en'), '13:00');
  assert.equal(long_date(noon, 'Europe/Stockholm', 'sv'), 'tisdag 3 mars 2026');
});

test('adds the viewer\'s time only where clocks differ', () => {
  assert.equal(zone_note(noon, one, 'Europe/Stockholm', 'Europe/Berlin'), null);
  assert.equal(zone_note(noon, one, 'Europe/Stockholm', 'America/New_York'), '07:00–08:00 where you are (New York)');
  assert.ok(zones_differ(noon, 'Europe/Stockholm', 'Asia/Tokyo'));
  assert.equal(zone_name('America/Argentina/Buenos_Aires'), 'Buenos Aires');
});

test('counts down to nought and no further', () => {
  assert.deepEqual(countdown(one, noon), { days: 0, hours: 1, minutes: 0, seconds: 0 });
  assert.deepEqual(countdown(noon, one), { days: 0, hours: 0, minutes: 0, seconds: 0 });
});

test('writes media time as players do', () => {
  assert.equal(media_time(7), '0:07');
  assert.equal(media_time(754.9), '12:34');
  assert.equal(media_time(3723), '1:02:03');
});

test('reads a start position in every usual form', () => {
  assert.equal(start_position('95'), 95);
  assert.equal(start_position('1m35s'), 95);
  assert.equal(start_position('1:35'), 95);
  assert.equal(start_position('1:00:05'), 3605);
  assert.equal(start_position('soon'), null);
  assert.equal(start_position(null), null);
});
