import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply_entries, log_state_of } from '../src/log/log_state.js';
import type { LogAnswer } from '../src/log/log_types.js';

const answer: LogAnswer = { state: 'live', next_page: 3, questions: [{ id: 'a', state: 'approved', text: 'First?' }], viewers: 12 };

test('a question comes in, is answered, and goes when it is removed', () => {
  let state = log_state_of(answer);
  state = apply_entries(state, [{ type: 'question', id: 'b', text: 'Second?', name: 'Eva', state: 'approved' }]);
  assert.deepEqual(state.questions.map(({ id }) => id), ['a', 'b']);
  state = apply_entries(state, [{ type: 'answer', id: 'b', answer: 'Yes.' }]);
  assert.equal(state.questions[1]?.state, 'answered');
  assert.equal(state.questions[1]?.answer, 'Yes.');
  state = apply_entries(state, [{ type: 'removed', id: 'a' }]);
  assert.deepEqual(state.questions.map(({ id }) => id), ['b']);
});

test('the last entry of a question holds', () => {
  const state = apply_entries(log_state_of(answer), [{ type: 'question', id: 'a', text: 'First?', state: 'answering' }]);
  assert.equal(state.questions.length, 1);
  assert.equal(state.questions[0]?.state, 'answering');
});

test('state entries move the page, and unknown types are passed over', () => {
  const state = apply_entries(log_state_of(answer), [{ type: 'fireworks' }, { type: 'state', state: 'paused' }]);
  assert.equal(state.state, 'paused');
  assert.equal(state.viewers, 12);
});
