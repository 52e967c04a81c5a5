import type { EventState } from '../webcast.js';

export type PublicQuestionState = 'approved' | 'answering' | 'answered';

export interface PublicQuestion {
  id: string;
  state: PublicQuestionState;
  text: string;
  name?: string | null;
  answer?: string | null;
  at?: string;
}

export interface Moderation {
  mode: 'moderated' | 'open' | 'off';
  notice?: string | null;
  /** Whether questions are taken now. */
  open?: boolean;
}

/** `GET /w/SLUG/log` */
export interface LogAnswer {
  state: EventState;
  next_page: number;
  started_at?: string | null;
  viewers?: number | null;
  questions: PublicQuestion[];
  announcement?: string | null;
  moderation?: Moderation | null;
  starts_at?: string | null;
  /** Why the event is cancelled. */
  message?: string | null;
}

/** One entry of `GET /w/SLUG/log/N`; which fields it has depends on its type. Unknown types are passed over. */
export interface LogEntry {
  type: string;
  at?: string;
  media_ms?: number;
  question?: PublicQuestion;
  id?: string;
  state?: string;
  text?: string;
  name?: string | null;
  answer?: string | null;
  viewers?: number;
  mode?: string;
  notice?: string | null;
}

export interface LogPage {
  page: number;
  entries: LogEntry[];
}
