/**
 * Notices a video that should play and does not move, for whatever reason. Pure: call `check` about once
 * a second.
 */
export class ProgressWatch {
  private position_s: number | null = null;
  private since_s = 0;

  constructor(private readonly patience_s = 8) {}

  /** True once for each time that patience runs out. */
  check(position_s: number, should_move: boolean, now_s: number): boolean {
    if (!should_move || this.position_s === null || position_s !== this.position_s) {
      this.position_s = position_s;
      this.since_s = now_s;
      return false;
    }
    if (now_s - this.since_s < this.patience_s) {
      return false;
    }
    this.since_s = now_s;
    return true;
  }
}
