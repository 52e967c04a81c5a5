import type { EventState } from '../webcast.js';
import type { Command } from './types.js';

/** What staff may do in a state: the big button's command, then the others. The server has the last word. */
export interface Offer {
  main: Command | null;
  others: readonly Command[];
}

const offers: Record<EventState, Offer> = {
  draft: { main: 'publish', others: [] },
  planned: { main: 'start', others: ['lobby', 'cancel'] },
  lobby: { main: 'start', others: ['cancel'] },
  live: { main: 'stop', others: ['pause'] },
  paused: { main: 'resume', others: ['stop'] },
  ended: { main: 'reopen', others: [] },
  review: { main: 'publish', others: ['reopen'] },
  published: { main: 'withdraw', others: ['reopen'] },
  withdrawn: { main: 'publish', others: [] },
  cancelled: { main: 'reinstate', others: [] },
  archived: { main: null, others: [] },
};

export function offer_in(state: EventState): Offer {
  return offers[state];
}

/** The command that takes this one back, from where it led. */
const undoing: Partial<Record<Command, Command>> = {
  stop: 'reopen',
  pause: 'resume',
  resume: 'pause',
  publish: 'withdraw',
  withdraw: 'publish',
  cancel: 'reinstate',
  reinstate: 'cancel',
};

/** Null where nothing can: a broadcast that has begun has begun, a plan that is public is public. */
export function undo_of(command: Command, from: EventState): Command | null {
  return command === 'publish' && from === 'draft' ? null : (undoing[command] ?? null);
}
