/**
 * When to ask for a playlist that will be held back until its next part is there. Over HTTP/1.1 such a
 * request takes one of the six connections that all tabs share, so it is sent shortly before the part
 * is due, not at once. Pure: `now_ms` is the caller's clock.
 */
export class LateAsking {
  private answered_ms: number | null = null;

  constructor(private readonly part_ms: () => number) {}

  /** How long to hold the request back. */
  delay(now_ms: number): number {
    if (this.answered_ms === null) {
      return 0;
    }
    const ask_at = this.answered_ms + this.part_ms() * asked_after;
    return Math.max(0, Math.min(ask_at - now_ms, this.part_ms()));
  }

  /** An answer that had to wait tells when parts come; one that did not says that we lag behind. */
  note_answer(asked_ms: number, answered_ms: number): void {
    this.answered_ms = answered_ms - asked_ms > waited_ms ? answered_ms : null;
  }
}

const asked_after = 0.6;
const waited_ms = 25;
