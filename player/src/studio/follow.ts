import { load_event, load_run, load_signals } from './actions.js';
import { open_console } from './console.js';
import { run_of } from './run_order.js';
import { selected_event, slug_of, studio, take_event, take_question, take_signal } from './studio_store.js';
import type { Signal, StaffEvent, StaffQuestion } from './types.js';

const list_every_ms = 5000;

/**
 * Keeps the store in step with the server: one console for the event on screen, none elsewhere (browsers
 * have few connections); the run of events is asked for now and then.
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
    close = wanted === '' ? null : open_event(wanted);
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

function open_event(slug: string): () => void {
  return open_console({
    address: `/api/v1/events/${slug}/console`,
    on_open: () => void load_event(slug),
    messages: {
      event: (data) => take_event(data as StaffEvent),
      question: (data) => take_question(data as StaffQuestion),
      signal: (data) => {
        const stage = selected_event()?.stage;
        if (stage) {
          take_signal(stage, data as Signal);
        }
      },
      presence: (data) => studio.update({ viewers: (data as { viewers: number }).viewers }),
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
