import { Store } from '../base/store.js';

export type QuestionState = 'pending' | 'approved' | 'answering' | 'answered' | 'dismissed' | 'removed';

/** A question that was asked from this tab; its secret proves it. */
export interface OwnQuestion {
  id: string;
  secret: string;
  text: string;
  state: QuestionState;
  answer: string | null;
}

export interface OwnState {
  questions: readonly OwnQuestion[];
  /** The one that was withdrawn last: its text can be taken back. */
  withdrawn_text: string | null;
  sending: 'idle' | 'sending' | 'sent';
  /** What went wrong with the last attempt, as a sentence. */
  problem: string | null;
}

export type OwnStore = Store<OwnState>;

/** Own questions survive a reload of the tab, and nothing more: no cookie, no trace in the browser. */
export function own_store(slug: string): OwnStore {
  const key = `estrad-questions-${slug}`;
  const store = new Store<OwnState>({ questions: kept(key), withdrawn_text: null, sending: 'idle', problem: null });
  store.subscribe(() => {
    try {
      sessionStorage.setItem(key, JSON.stringify(store.state.questions));
    } catch {
      // Without storage they live as long as the page.
    }
  });
  return store;
}

function kept(key: string): OwnQuestion[] {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '[]') as OwnQuestion[];
  } catch {
    return [];
  }
}
