import { load_event, load_run, load_signals } from './actions.js';
import { open_console } from './console.js';
import { run_of } from './run_order.js';
import { slug_of, studio, take_event, take_question, take_signal } from './studio_store.js';
import type { Signal, StaffEvent, StaffQuestion } from './types.js';

/** For what no console tells: new events, and stages. */
const list_every_ms = 10_000;

/**
 * Keeps the store in step with the server: one console at a time, for what is on screen (browsers have few
 * connections).
 */
export function follow_studio(): void {
  let close: (() => void) | null = null;
  let shown: string | null = null;

  const show = (): void => {
    const { session, selected } = studio.state;
    const wanted = session ? (selected ?? '') : null;
    if (wanted === shown) {
      return;
    }
    shown = wanted;
    close?.();
    close = null;
    if (wanted === null) {
      return;
    }
    studio.update({ questions: [], viewers: null, writing: null, queue_tab: 'pending' });
    void load_run().then(load_lamps);
    close = wanted === '' ? open_run() : open_event(wanted);
  };

  addEventListener('hashchange', () => studio.update({ selected: slug_of(location.hash), problem: null, toast: null }));
  studio.subscribe(show);
  show();
  setInterval(() => studio.update({ now_ms: Date.now() }), 1000);
  setInterval(() => {
    if (studio.state.session && studio.state.selected === null && !document.hidden) {
      void load_run().then(load_lamps);
    }
  }, list_every_ms);
}

/** The object stands in the message, or inside it under its own name. */
function inside<T>(data: unknown, name: string): T {
  const inner = (data as Record<string, unknown>)[name];
  return (typeof inner === 'object' && inner !== null ? inner : data) as T;
}

const everywhere = {
  event: (data: unknown) => take_event(inside<StaffEvent>(data, 'event')),
  signal: (data: unknown) => {
    const signal = inside<Signal>(data, 'signal');
    if (signal.stage) {
      take_signal(signal.stage, signal);
    }
  },
};

function take_viewers(data: unknown): void {
  const { viewers } = data as { viewers?: number };
  if (viewers !== undefined) {
    studio.update({ viewers });
  }
}

function open_run(): () => void {
  return open_console({
    address: '/api/v1/console',
    on_open: () => void load_run().then(load_lamps),
    messages: { ...everywhere, state: () => void load_run() },
  });
}

function open_event(slug: string): () => void {
  const is_ours = (data: unknown): boolean => {
    const { event } = data as { event?: unknown };
    return typeof event !== 'string' || event === slug;
  };
  return open_console({
    address: `/api/v1/events/${slug}/console`,
    on_open: () => void load_event(slug),
    messages: {
      ...everywhere,
      question: (data) => {
        if (is_ours(data)) {
          take_question(inside<StaffQuestion>(data, 'question'));
        }
      },
      state: (data) => {
        take_viewers(data);
        void load_event(slug);
      },
      questions: () => void load_event(slug),
      presence: take_viewers,
    },
  });
}

async function load_lamps(): Promise<void> {
  const { events, stages, selected, now_ms } = studio.state;
  if (selected === null) {
    const today = run_of(events, new Date(now_ms)).today.map(({ stage }) => stage);
    const known = new Set(stages.map(({ id }) => id));
    await load_signals([...new Set([...today, ...known])].filter((stage) => known.has(stage)).slice(0, 12));
  }
}
