import assert from 'node:assert/strict';
import { test } from 'node:test';
import { command_of, key_help } from '../src/player/player_keys.js';
import { next_speed } from '../src/player/speeds.js';

const pressed = (key: string, modifiers = {}): ReturnType<typeof command_of> =>
  command_of({ key, ctrlKey: false, altKey: false, metaKey: false, ...modifiers });

test('a key asks for what the help says', () => {
  assert.equal(pressed('i'), 'picture_in_picture');
  assert.equal(pressed('s'), 'statistics');
  assert.equal(pressed('?'), 'help');
  assert.equal(pressed('End'), 'back_to_live');
  assert.equal(pressed('x'), null);
});

test('the browser\'s own shortcuts stay its own', () => {
  assert.equal(pressed('s', { ctrlKey: true }), null);
  assert.equal(pressed('i', { metaKey: true }), null);
});

test('no key stands twice in the help', () => {
  const keys = key_help.flatMap((line) => line.keys);
  assert.equal(new Set(keys).size, keys.length);
});

test('speeds go up and down in steps, and stop at the last', () => {
  assert.equal(next_speed(1, 'faster'), 1.25);
  assert.equal(next_speed(1, 'slower'), 0.75);
  assert.equal(next_speed(2, 'faster'), 2);
  assert.equal(next_speed(0.5, 'slower'), 0.5);
  assert.equal(next_speed(0.97, 'faster'), 1);
});
