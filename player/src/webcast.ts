/** The states of an event, as in interface.md, and what the viewer's page makes of them. */
export type EventState =
  | 'draft' | 'planned' | 'lobby' | 'live' | 'paused' | 'ended'
  | 'review' | 'published' | 'withdrawn' | 'cancelled' | 'archived';

export type Picture = 'live' | 'recorded' | 'none';

export function picture_in(state: EventState): Picture {
  switch (state) {
    case 'live':
    case 'paused':
      return 'live';
    case 'published':
      return 'recorded';
    case 'draft':
    case 'planned':
    case 'lobby':
    case 'ended':
    case 'review':
    case 'withdrawn':
    case 'cancelled':
    case 'archived':
      return 'none';
  }
}

/** Viewers may ask from the lobby until the end. */
export function takes_questions(state: EventState): boolean {
  return state === 'lobby' || state === 'live' || state === 'paused';
}

/** Approved and answered questions are shown wherever there has been a chance to ask. */
export function shows_questions(state: EventState): boolean {
  return takes_questions(state) || state === 'published';
}
