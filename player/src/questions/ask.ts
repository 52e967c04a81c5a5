import { t } from '../base/catalogue.js';
import { problem_text } from '../base/problem.js';
import type { PublicQuestion } from '../log/log_types.js';
import type { ViewerStore } from '../viewer/viewer_store.js';
import type { OwnQuestion, OwnState, OwnStore, QuestionState } from './own_store.js';

interface Receipt {
  id: string;
  state: QuestionState;
  secret: string;
}

interface Fate {
  state: QuestionState;
  answer?: string | null;
}

/** Sends a question. True when it was taken; else the store says what is wrong. */
export async function ask(store: OwnStore, slug: string, text: string, name: string): Promise<boolean> {
  store.update({ sending: 'sending', problem: null, withdrawn_text: null });
  try {
    const response = await fetch(`/w/${slug}/questions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(name ? { text, name } : { text }),
    });
    if (!response.ok) {
      store.update({ sending: 'idle', problem: await problem_text(response) });
      return false;
    }
    const receipt = (await response.json()) as Receipt;
    const question: OwnQuestion = { ...receipt, text, answer: null };
    store.update({ sending: 'sent', questions: [question, ...store.state.questions] });
    return true;
  } catch {
    store.update({ sending: 'idle', problem: t('problem.network') });
    return false;
  }
}

/** Takes the question back; its text is kept for the form, as the way to undo. */
export async function withdraw(store: OwnStore, slug: string, question: OwnQuestion): Promise<void> {
  try {
    const response = await fetch(`/w/${slug}/questions/${question.id}`, {
      method: 'DELETE',
      headers: { 'Question-Secret': question.secret },
    });
    if (!response.ok && response.status !== 404) {
      store.update({ problem: await problem_text(response) });
      return;
    }
    store.update({
      questions: store.state.questions.filter(({ id }) => id !== question.id),
      withdrawn_text: question.text,
      sending: 'idle',
      problem: null,
    });
  } catch {
    store.update({ problem: t('problem.network') });
  }
}

const ask_every_ms = 5000;

/**
 * Keeps up with what becomes of one's own questions: the public log tells of those that everyone reads, at once; the
 * others are asked for now and then. Returns what stops it.
 */
export function follow_fates(store: OwnStore, viewer: ViewerStore, slug: string): () => void {
  const timer = setInterval(() => {
    for (const question of store.state.questions.filter(is_undecided)) {
      void take_fate(store, slug, question);
    }
  }, ask_every_ms);
  const follow_log = () => {
    const fates = fates_in_log(store.state.questions, viewer.state.questions);
    fates.known.forEach(({ id, state, answer }) => set_fate(store, id, { state, answer: answer ?? null }));
    fates.gone.forEach((question) => void take_fate(store, slug, question));
  };
  const unsubscribe = viewer.subscribe(follow_log);
  follow_log();
  return () => {
    clearInterval(timer);
    unsubscribe();
  };
}

interface FatesInLog {
  known: PublicQuestion[];
  /** Everyone could read them, and now nobody can. */
  gone: OwnQuestion[];
}

export function fates_in_log(own: readonly OwnQuestion[], everyones: readonly PublicQuestion[]): FatesInLog {
  const ids = new Set(own.map(({ id }) => id));
  const shown = new Set(everyones.map(({ id }) => id));
  return {
    known: everyones.filter(({ id }) => ids.has(id)),
    gone: own.filter(({ id, state }) => is_public(state) && !shown.has(id)),
  };
}

function is_public(state: QuestionState): boolean {
  return state === 'approved' || state === 'answering' || state === 'answered';
}

/** Neither public, so that the log would tell, nor removed for good. */
function is_undecided({ state }: OwnQuestion): boolean {
  return state === 'pending' || state === 'dismissed';
}

async function take_fate(store: OwnStore, slug: string, question: OwnQuestion): Promise<void> {
  try {
    const response = await fetch(`/w/${slug}/questions/${question.id}`, { headers: { 'Question-Secret': question.secret } });
    if (response.status === 404) {
      // Withdrawn in another tab.
      store.update({ questions: store.state.questions.filter(({ id }) => id !== question.id) });
    } else if (response.ok) {
      const { state, answer } = (await response.json()) as Fate;
      set_fate(store, question.id, { state, answer: answer ?? null });
    }
  } catch {
    // Asked again in a moment.
  }
}

function set_fate(store: OwnStore, id: string, fate: Pick<OwnQuestion, 'state' | 'answer'>): void {
  const known = store.state.questions.find((question) => question.id === id);
  if (known && (known.state !== fate.state || known.answer !== fate.answer)) {
    const questions: OwnState['questions'] = store.state.questions.map((question) =>
      question.id === id ? { ...question, ...fate } : question);
    store.update({ questions });
  }
}
