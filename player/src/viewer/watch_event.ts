import { follow_log } from '../log/shared_log.js';
import { expose_test_hook } from './test_hook.js';
import { data, viewer } from './context.js';
import { take_log } from './viewer_store.js';

/** Lets the page follow the event's public log from here on. */
export function watch_event(): void {
  expose_test_hook();
  const main = document.getElementById('main');
  const mark = (): void => {
    main?.setAttribute('data-state', viewer.state.state);
    main?.setAttribute('data-questions', viewer.state.moderation.mode);
  };
  viewer.subscribe(mark);
  mark();
  follow_log({
    slug: data.event.slug,
    on_state: (log) => take_log(viewer, log),
    on_connection: (is_connected) => viewer.update({ is_connected }),
  });
}
