/** A piece of state that elements show. State flows down from here; elements only ask for changes. */
export class Store<T extends object> {
  private readonly listeners = new Set<() => void>();

  constructor(private current: T) {}

  get state(): Readonly<T> {
    return this.current;
  }

  /** Listeners run only if a value really changed. */
  update(patch: Partial<T>): void {
    const keys = Object.keys(patch) as (keyof T)[];
    if (keys.every((key) => Object.is(this.current[key], patch[key]))) {
      return;
    }
    this.current = { ...this.current, ...patch };
    for (const listener of [...this.listeners]) {
      listener();
    }
  }

  /** Returns what ends the subscription. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
