import type { EventState } from '../webcast.js';
import type { LogAnswer, LogEntry, Moderation, PublicQuestion, PublicQuestionState } from './log_types.js';

/** What the public log says now. Immutable; a page of entries makes the next one. */
export interface LogState {
  state: EventState;
  viewers: number | null;
  questions: readonly PublicQuestion[];
  announcement: string | null;
  moderation: Moderation | null;
  started_at: string | null;
  starts_at: string | null;
  message: string | null;
}

export function log_state_of(answer: LogAnswer): LogState {
  return {
    state: answer.state,
    viewers: answer.viewers ?? null,
    questions: answer.questions ?? [],
    announcement: answer.announcement || null,
    moderation: answer.moderation ?? null,
    started_at: answer.started_at ?? null,
    starts_at: answer.starts_at ?? null,
    message: answer.message || null,
  };
}

export function apply_entries(state: LogState, entries: readonly LogEntry[]): LogState {
  return entries.reduce(apply_entry, state);
}

function apply_entry(state: LogState, entry: LogEntry): LogState {
  switch (entry.type) {
    case 'question':
      return with_question(state, question_of(entry));
    case 'answer':
      return with_answer(state, entry);
    case 'removed':
      return { ...state, questions: state.questions.filter((question) => question.id !== entry.id) };
    case 'state':
      return entry.state ? { ...state, state: entry.state as EventState } : state;
    case 'announcement':
      return { ...state, announcement: entry.text || null };
    default:
      return state;
  }
}

/** The question stands in `question`, or its fields stand flat in the entry. */
function question_of(entry: LogEntry): PublicQuestion | null {
  if (entry.question) {
    return entry.question;
  }
  if (!entry.id || entry.text === undefined) {
    return null;
  }
  return {
    id: entry.id,
    state: (entry.state as PublicQuestionState | undefined) ?? 'approved',
    text: entry.text,
    name: entry.name ?? null,
    answer: entry.answer ?? null,
    ...(entry.at === undefined ? {} : { at: entry.at }),
  };
}

function with_question(state: LogState, question: PublicQuestion | null): LogState {
  if (!question) {
    return state;
  }
  const is_known = state.questions.some((known) => known.id === question.id);
  const questions = is_known
    ? state.questions.map((known) => (known.id === question.id ? { ...known, ...question } : known))
    : [...state.questions, question];
  return { ...state, questions };
}

function with_answer(state: LogState, entry: LogEntry): LogState {
  const questions = state.questions.map((question): PublicQuestion =>
    question.id === entry.id ? { ...question, state: 'answered', answer: entry.answer ?? entry.text ?? null } : question);
  return { ...state, questions };
}
