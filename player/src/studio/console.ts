import { Backoff } from '../base/backoff.js';

export interface ConsoleOptions {
  address: string;
  /** After each (re)connection: take full lists, so that nothing that was missed matters. */
  on_open: () => void;
  /** Once for each kind of message. */
  messages: Readonly<Record<string, (data: unknown) => void>>;
}

/** Server-sent events until closed, through every loss of the server. Returns what closes it. */
export function open_console(options: ConsoleOptions): () => void {
  const backoff = new Backoff(500, 4000);
  let source: EventSource | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const connect = (): void => {
    const opened = new EventSource(options.address);
    source = opened;
    opened.onopen = () => {
      backoff.reset();
      options.on_open();
    };
    for (const [name, take] of Object.entries(options.messages)) {
      opened.addEventListener(name, ({ data }: MessageEvent<string>) => take(JSON.parse(data)));
    }
    opened.onerror = () => {
      opened.close();
      retry = setTimeout(connect, backoff.next());
    };
  };
  connect();
  return () => {
    clearTimeout(retry);
    source?.close();
  };
}
