/** Waits that double from `first_ms` to `most_ms`, each spread by a fifth so that viewers do not return in step. */
export class Backoff {
  private next_ms: number;

  constructor(
    private readonly first_ms = 500,
    private readonly most_ms = 5000,
    private readonly random: () => number = Math.random,
  ) {
    this.next_ms = first_ms;
  }

  next(): number {
    const wait = this.next_ms * (0.9 + 0.2 * this.random());
    this.next_ms = Math.min(this.most_ms, this.next_ms * 2);
    return wait;
  }

  reset(): void {
    this.next_ms = this.first_ms;
  }
}

/** Resolves after `ms`, or at once when `signal` aborts. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done);
    if (signal?.aborted) {
      done();
    }
  });
}
