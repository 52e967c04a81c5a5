import { Backoff, pause } from '../base/backoff.js';
import { type LogState, apply_entries, log_state_of } from './log_state.js';
import type { LogAnswer, LogPage } from './log_types.js';

export interface LogReaderOptions {
  slug: string;
  /** Ask for each page and wait for it. Off: ask for the state again and again (see base/transport.ts). */
  is_long_poll: boolean;
  fetch: (address: string, signal: AbortSignal) => Promise<Response>;
  on_state: (state: LogState) => void;
  /** Told when an answer fails to come, and when answers come again. */
  on_connection: (is_connected: boolean) => void;
  wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

const watched_ms = 2000;
const quiet_ms = 4000;
const page_patience_ms = 30_000;

/** Follows an event's public log for ever, until stopped: every failure is waited out. */
export class LogReader {
  private readonly stopped = new AbortController();
  private readonly backoff = new Backoff();
  private readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;

  constructor(private readonly options: LogReaderOptions) {
    this.wait = options.wait ?? pause;
  }

  /** Returns once `stop()` was called. */
  async run(): Promise<void> {
    while (!this.stopped.signal.aborted) {
      try {
        const answer = await this.get<LogAnswer>(`/w/${this.options.slug}/log`);
        const state = log_state_of(answer);
        this.options.on_state(state);
        await (this.options.is_long_poll ? this.follow(state, answer.next_page) : this.rest_after(state));
      } catch {
        if (!this.stopped.signal.aborted) {
          this.options.on_connection(false);
          await this.wait(this.backoff.next(), this.stopped.signal);
        }
      }
    }
  }

  stop(): void {
    this.stopped.abort();
  }

  private rest_after(state: LogState): Promise<void> {
    const is_on = state.state === 'live' || state.state === 'paused' || state.state === 'lobby';
    return this.wait(is_on ? watched_ms : quiet_ms, this.stopped.signal);
  }

  /** Page by page, until one fails: then the state is taken afresh. */
  private async follow(start: LogState, first_page: number): Promise<void> {
    let state = start;
    for (let page = first_page; !this.stopped.signal.aborted; ++page) {
      const { entries } = await this.get<LogPage>(`/w/${this.options.slug}/log/${page}`);
      if (entries.length > 0) {
        state = apply_entries(state, entries);
        this.options.on_state(state);
      }
    }
  }

  private async get<T>(address: string): Promise<T> {
    const patience = new AbortController();
    const give_up = (): void => patience.abort();
    const timer = setTimeout(give_up, page_patience_ms);
    this.stopped.signal.addEventListener('abort', give_up);
    try {
      const response = await this.options.fetch(address, patience.signal);
      if (!response.ok) {
        throw new Error(`${address}: ${response.status}`);
      }
      const value = (await response.json()) as T;
      this.backoff.reset();
      this.options.on_connection(true);
      return value;
    } finally {
      clearTimeout(timer);
      this.stopped.signal.removeEventListener('abort', give_up);
    }
  }
}
