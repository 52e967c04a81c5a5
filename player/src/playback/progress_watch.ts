/**
 * Notices a video that should play and has not kept pace with the clock, for whatever reason: it stands still, or the
 * machine slept, or the browser froze the page. Pure: call `check` about once a second, with a clock that
 * runs on while the machine sleeps.
 */
export class ProgressWatch {
  private position_s: number | null = null;
  private moved_at_s = 0;
  private checked_at_s = 0;

  constructor(private readonly patience_s = 8) {}

  /** True once for each time that patience runs out. */
  check(position_s: number, should_move: boolean, now_s: number): boolean {
    const before_s = this.position_s;
    const between_s = now_s - this.checked_at_s;
    this.position_s = position_s;
    this.checked_at_s = now_s;
    if (!should_move || before_s === null) {
      this.moved_at_s = now_s;
      return false;
    }
    const has_slept = between_s >= this.patience_s && Math.abs(position_s - before_s) < between_s / 2;
    if (has_slept || (position_s === before_s && now_s - this.moved_at_s >= this.patience_s)) {
      this.moved_at_s = now_s;
      return true;
    }
    if (position_s !== before_s) {
      this.moved_at_s = now_s;
    }
    return false;
  }
}
