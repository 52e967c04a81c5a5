import assert from 'node:assert/strict';
import { test } from 'node:test';
import { offer_in, undo_of } from '../src/studio/commands.js';
import { lamp_of, signal_facts } from '../src/studio/lamp.js';
import { action_of_key, actions_in } from '../src/studio/queue_keys.js';
import { run_of } from '../src/studio/run_order.js';
import { slug_from } from '../src/studio/slug.js';
import type { StaffEvent } from '../src/studio/types.js';

test('makes a link of a title', () => {
  assert.equal(slug_from('Budgetdagen på Öland!'), 'budgetdagen-pa-oland');
  assert.equal(slug_from('  –  '), '');
  assert.equal(slug_from('a'.repeat(100)).length, 80);
});

test('a wrong End can be undone, and Go live cannot', () => {
  assert.equal(undo_of('stop', 'live'), 'reopen');
  assert.equal(undo_of('start', 'planned'), null);
  assert.equal(undo_of('publish', 'review'), 'withdraw');
  assert.equal(undo_of('publish', 'draft'), null);
  assert.equal(offer_in('paused').main, 'resume');
});

test('one key does each action, where it makes sense', () => {
  assert.equal(action_of_key('A', 'pending'), 'approve');
  assert.equal(action_of_key('a', 'approved'), null);
  assert.equal(action_of_key('r', 'answered'), 'remove');
  assert.equal(action_of_key('x', 'pending'), null);
  assert.deepEqual(actions_in('removed'), []);
});

test('the lamp is red without a feed and yellow with a warning', () => {
  assert.equal(lamp_of(undefined), 'red');
  assert.equal(lamp_of({ connected: true, warnings: ['keyframes 8 s apart'] }), 'yellow');
  assert.equal(lamp_of({ connected: true }), 'green');
  assert.deepEqual(signal_facts({ connected: true, protocol: 'rtmp', size: { width: 1280, height: 720 }, fps: 29.97, bitrate: 2_500_000, codecs: { video: 'h264', audio: 'aac' } }, 'en'),
    ['1280 × 720', '30 fps', '2.5 Mbit/s', 'H.264 + AAC', 'RTMP']);
});

const event = (slug: string, state: StaffEvent['state'], starts_at: string, ended_at: string | null = null): StaffEvent =>
  ({ slug, title: slug, stage: 's', state, starts_at, ended_at, started_at: null, timezone: 'UTC', questions: 'off', ends_at: null });

test('today\'s run holds what is on, what waits for staff, and what begins today', () => {
  const run = run_of([
    event('tomorrow', 'planned', '2026-03-04T12:00:00Z'),
    event('afternoon', 'planned', '2026-03-03T14:00:00Z'),
    event('on', 'live', '2026-03-02T14:00:00Z'),
    event('old', 'published', '2026-02-03T14:00:00Z', '2026-02-03T15:00:00Z'),
    event('waiting', 'review', '2026-02-24T14:00:00Z'),
  ], new Date('2026-03-03T12:00:00Z'));
  assert.deepEqual(run.today.map(({ slug }) => slug), ['waiting', 'on', 'afternoon']);
  assert.deepEqual(run.later.map(({ slug }) => slug), ['tomorrow']);
  assert.deepEqual(run.earlier.map(({ slug }) => slug), ['old']);
});
