import { shares_one_connection } from '../base/transport.js';
import { LogReader } from './log_reader.js';
import type { LogState } from './log_state.js';

interface Shared {
  kind: 'state' | 'hello';
  state?: LogState;
}

export interface SharedLogOptions {
  slug: string;
  on_state: (state: LogState) => void;
  on_connection: (is_connected: boolean) => void;
}

/**
 * The public log for this tab. The tabs of one event share one reader: whoever holds the lock reads and
 * tells the others. A hidden tab passes the lock on, since browsers slow its timers down. Where locks are
 * missing (plain HTTP on another host) every tab reads for itself.
 */
export function follow_log(options: SharedLogOptions): void {
  const channel = new BroadcastChannel(`estrad-log-${options.slug}`);
  let latest: LogState | null = null;

  const read = (): LogReader => new LogReader({
    slug: options.slug,
    is_long_poll: shares_one_connection(),
    fetch: (address, signal) => fetch(address, { signal }),
    on_connection: options.on_connection,
    on_state: (state) => {
      latest = state;
      options.on_state(state);
      channel.postMessage({ kind: 'state', state } satisfies Shared);
    },
  });

  if (!('locks' in navigator)) {
    void read().run();
    return;
  }

  let is_reading = false;
  channel.addEventListener('message', ({ data }: MessageEvent<Shared>) => {
    if (data.kind === 'state' && data.state && !is_reading) {
      options.on_connection(true);
      options.on_state(data.state);
    } else if (data.kind === 'hello' && is_reading && latest) {
      channel.postMessage({ kind: 'state', state: latest } satisfies Shared);
    }
  });
  channel.postMessage({ kind: 'hello' } satisfies Shared);

  const take_turns = async (): Promise<void> => {
    for (;;) {
      await navigator.locks.request(`estrad-log-${options.slug}`, async () => {
        is_reading = true;
        const reader = read();
        const running = reader.run();
        const pass_on = (): void => {
          if (document.hidden) {
            reader.stop();
          }
        };
        document.addEventListener('visibilitychange', pass_on);
        await running;
        document.removeEventListener('visibilitychange', pass_on);
        is_reading = false;
      });
    }
  };
  void take_turns();
}
