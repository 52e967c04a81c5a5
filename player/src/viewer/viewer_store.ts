import type { ViewerData } from '../base/page_data.js';
import { Store } from '../base/store.js';
import { type LogState, log_state_of } from '../log/log_state.js';
import { type Picture, picture_in } from '../webcast.js';
import type { Moderation, PublicQuestion } from '../log/log_types.js';
import type { EventState } from '../webcast.js';

/** What a viewer's page shows, but for the player, which has a store of its own. */
export interface ViewerState {
  state: EventState;
  /** What the stage plays. A recording replaces the live picture only once that has run out. */
  picture: Picture;
  /** Grows with each Go live or reopening that this page sees: the player starts afresh. */
  broadcast: number;
  viewers: number | null;
  questions: readonly PublicQuestion[];
  moderation: Moderation;
  announcement: string | null;
  message: string | null;
  starts_at: string | null;
  is_connected: boolean;
}

export type ViewerStore = Store<ViewerState>;

export function viewer_store(data: ViewerData): ViewerStore {
  const { event, log } = data;
  const store = new Store<ViewerState>({
    state: event.state,
    picture: picture_in(event.state),
    broadcast: 0,
    viewers: null,
    questions: [],
    moderation: { mode: event.questions },
    announcement: null,
    message: event.message,
    starts_at: event.starts_at,
    is_connected: true,
  });
  if (log) {
    take_log(store, log_state_of(log));
  }
  return store;
}

/** What the public log says becomes what the page shows. */
export function take_log(store: ViewerStore, log: LogState): void {
  const before = store.state;
  store.update({
    state: log.state,
    viewers: log.viewers ?? before.viewers,
    questions: log.questions,
    moderation: log.moderation ?? before.moderation,
    announcement: log.announcement,
    message: log.message ?? before.message,
    starts_at: log.starts_at ?? before.starts_at,
  });
  if (before.picture === 'live' && picture_in(log.state) !== 'live') {
    setTimeout(() => show_picture(store), run_out_ms);
  } else {
    show_picture(store);
  }
}

/** Viewers are a little behind: they are to hear the last words. */
const run_out_ms = 2500;

function show_picture(store: ViewerStore): void {
  const picture = picture_in(store.state.state);
  if (picture !== store.state.picture) {
    store.update({ picture, broadcast: store.state.broadcast + 1 });
  }
}
