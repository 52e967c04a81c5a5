import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fates_in_log } from '../src/questions/ask.js';
import type { OwnQuestion, QuestionState } from '../src/questions/own_store.js';

const asked = (id: string, state: QuestionState): OwnQuestion => ({ id, secret: 's', text: 'Why?', state, answer: null });

test('the public log tells of own questions, and of no others', () => {
  const { known, gone } = fates_in_log([asked('mine', 'pending')], [
    { id: 'theirs', state: 'approved', text: 'How?' },
    { id: 'mine', state: 'answered', text: 'Why?', answer: 'Because.' },
  ]);
  assert.deepEqual(known.map(({ id }) => id), ['mine']);
  assert.deepEqual(gone, []);
});

test('a question that everyone read and nobody can read now is asked after', () => {
  const { gone } = fates_in_log([asked('a', 'approved'), asked('b', 'answered'), asked('c', 'pending'), asked('d', 'removed')], []);
  assert.deepEqual(gone.map(({ id }) => id), ['a', 'b']);
});
