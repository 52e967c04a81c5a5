import { type Session, type StudioData, read_page_data } from '../base/page_data.js';
import { Store } from '../base/store.js';
import { type PlaybackState, starting } from '../playback/playback.js';
import type { Command, Signal, Stage, StaffEvent, StaffQuestion } from './types.js';

export interface Toast {
  text: string;
  /** What takes the last step back; null where nothing can. */
  undo: (() => void) | null;
}

export interface StudioState {
  session: Session | null;
  is_loaded: boolean;
  events: readonly StaffEvent[];
  stages: readonly Stage[];
  /** The event on screen, by slug. */
  selected: string | null;
  /** Which form is open. */
  form: 'event' | 'stage' | null;
  /** By stage. */
  signals: Readonly<Record<string, Signal>>;
  questions: readonly StaffQuestion[];
  /** The question whose answer is being written, or whose removal waits for a reason. */
  writing: { id: string; what: 'answer' | 'reason' } | null;
  queue_tab: QueueTab;
  viewers: number | null;
  toast: Toast | null;
  problem: string | null;
  busy: Command | null;
  shown_keys: boolean;
  now_ms: number;
}

export type QueueTab = 'pending' | 'approved' | 'answering' | 'answered' | 'dismissed';

export const data: StudioData = read_page_data<StudioData>();

export const studio: Store<StudioState> = new Store<StudioState>({
  session: data.session,
  is_loaded: false,
  events: [],
  stages: [],
  selected: slug_of(location.hash),
  form: null,
  signals: {},
  questions: [],
  writing: null,
  queue_tab: 'pending',
  viewers: null,
  toast: null,
  problem: null,
  busy: null,
  shown_keys: false,
  now_ms: Date.now(),
});

/** What the preview's player does. */
export const preview: Store<PlaybackState> = new Store(starting('live'));

export function slug_of(hash: string): string | null {
  return /^#event\/([a-z0-9-]+)$/.exec(hash)?.[1] ?? null;
}

export function selected_event(): StaffEvent | null {
  const { events, selected } = studio.state;
  return events.find(({ slug }) => slug === selected) ?? null;
}

/** Puts the event in its place in the list, or takes its newer form. */
export function take_event(event: StaffEvent): void {
  const { events } = studio.state;
  const is_known = events.some(({ slug }) => slug === event.slug);
  studio.update({
    events: is_known ? events.map((known) => (known.slug === event.slug ? event : known)) : [...events, event],
  });
}

export function take_question(question: StaffQuestion): void {
  const { questions } = studio.state;
  const is_known = questions.some(({ id }) => id === question.id);
  studio.update({
    questions: is_known ? questions.map((known) => (known.id === question.id ? { ...known, ...question } : known)) : [...questions, question],
  });
}

export function take_signal(stage: string, signal: Signal): void {
  studio.update({ signals: { ...studio.state.signals, [stage]: signal } });
}
