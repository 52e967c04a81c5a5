/**
 * How far behind the newest part to play, in seconds. Starts at what the playlist advises (PART-HOLD-BACK)
 * and closes in on what the last two minutes have shown to be needed: the widest gap there was between the
 * newest part and the end of the buffer, and some time to spare. Goes back at once when the gap
 * widens, comes closer slowly. Pure: `now_s` is the caller's clock.
 */
export class LatencyTarget {
  private target_s: number;
  private period_started_s: number | null = null;
  private widest_now_s = 0;
  /** The widest gap of each period, newest last. */
  private readonly widest_s: number[] = [];

  constructor(private readonly hold_back_s: number, private readonly part_s: number) {
    this.target_s = hold_back_s;
  }

  get seconds(): number {
    return this.target_s;
  }

  /** Call several times a second while following: from the end of the buffer to the newest part, as it is now. */
  note_gap(gap_s: number, now_s: number): void {
    this.period_started_s ??= now_s;
    this.widest_now_s = Math.max(this.widest_now_s, gap_s);
    this.target_s = Math.max(this.target_s, this.needed_s);
    if (now_s - this.period_started_s < period_s) {
      return;
    }
    this.widest_s.push(this.widest_now_s);
    if (this.widest_s.length > periods_kept) {
      this.widest_s.shift();
    }
    this.period_started_s = now_s;
    this.widest_now_s = 0;
    this.target_s = Math.max(this.needed_s, this.target_s - step_s);
  }

  private get needed_s(): number {
    const widest_s = Math.max(this.part_s, this.widest_now_s, ...this.widest_s);
    return Math.min(widest_s + spare_parts * this.part_s, this.hold_back_s * most_hold_backs);
  }
}

const period_s = 5;
const periods_kept = 24;
const step_s = 0.1;
/** What must be left in the buffer at its lowest: shorter parts come more steadily. */
const spare_parts = 1.2;
/** A longer gap is an outage, which no distance would bridge. */
const most_hold_backs = 2;
