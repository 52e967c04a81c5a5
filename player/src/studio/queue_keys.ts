import type { QuestionState } from '../questions/own_store.js';

export type QueueAction = 'approve' | 'answering' | 'answered' | 'dismiss' | 'remove' | 'pending';

/** Where each action moves a question. Removal asks for its reason first. */
export const moves: Readonly<Record<Exclude<QueueAction, 'remove'>, QuestionState>> = {
  approve: 'approved',
  answering: 'answering',
  answered: 'answered',
  dismiss: 'dismissed',
  pending: 'pending',
};

/** The actions offered in a state, the likeliest first. */
export function actions_in(state: QuestionState): readonly QueueAction[] {
  switch (state) {
    case 'pending':
      return ['approve', 'answering', 'dismiss', 'remove'];
    case 'approved':
      return ['answering', 'answered', 'dismiss', 'remove'];
    case 'answering':
      return ['answered', 'approve', 'remove'];
    case 'answered':
      return ['approve', 'remove'];
    case 'dismissed':
      return ['approve', 'pending', 'remove'];
    case 'removed':
      return [];
  }
}

const keys: Readonly<Record<string, QueueAction>> = {
  a: 'approve', b: 'answering', s: 'answered', d: 'dismiss', r: 'remove',
};

/** One key for each action; null where the key means nothing, or not in this state. */
export function action_of_key(key: string, state: QuestionState): QueueAction | null {
  const action = keys[key.toLowerCase()];
  return action && actions_in(state).includes(action) ? action : null;
}
