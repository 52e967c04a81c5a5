/**
 * How far behind the newest part to play, in seconds. Starts at what the playlist advises
 * (PART-HOLD-BACK); while nothing stalls it closes in on one part plus the measured jitter, and backs off
 * at the first stall. Pure: `now_s` is the caller's clock.
 */
export class LatencyTarget {
  private target_s: number;
  private period_started_s: number | null = null;
  private lowest_buffer_s = Number.POSITIVE_INFINITY;
  private careful_until_s = 0;
  private careful_floor_s = 0;
  private readonly lateness_s: number[] = [];

  constructor(private readonly hold_back_s: number, private readonly part_s: number) {
    this.target_s = hold_back_s;
  }

  get seconds(): number {
    return this.target_s;
  }

  /** How much later than expected a playlist brought its new part. */
  note_arrival(late_s: number): void {
    this.lateness_s.push(Math.max(0, late_s));
    if (this.lateness_s.length > arrivals_kept) {
      this.lateness_s.shift();
    }
  }

  /** Call several times a second while playing at the edge, with what is buffered ahead of the picture. */
  note_buffer(ahead_s: number, now_s: number): void {
    this.period_started_s ??= now_s;
    this.lowest_buffer_s = Math.min(this.lowest_buffer_s, ahead_s);
    if (now_s - this.period_started_s < period_s) {
      return;
    }
    if (this.lowest_buffer_s < scarce_s) {
      this.move(step_s);
    } else if (this.lowest_buffer_s > ample_s) {
      this.move(-step_s, this.floor(now_s));
    }
    this.period_started_s = now_s;
    this.lowest_buffer_s = Number.POSITIVE_INFINITY;
  }

  /** One part further back at once, and not so close again for two minutes. */
  note_stall(now_s: number): void {
    this.careful_floor_s = Math.min(this.target_s + this.part_s / 2, this.ceiling);
    this.careful_until_s = now_s + careful_s;
    this.move(this.part_s);
    this.period_started_s = null;
    this.lowest_buffer_s = Number.POSITIVE_INFINITY;
  }

  private floor(now_s: number): number {
    const closest = this.part_s + margin_s + this.jitter();
    return Math.min(this.hold_back_s, now_s < this.careful_until_s ? Math.max(closest, this.careful_floor_s) : closest);
  }

  /** The 95th percentile of recent lateness. */
  private jitter(): number {
    const sorted = [...this.lateness_s].sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length * 0.95)] ?? 0;
  }

  private get ceiling(): number {
    return this.hold_back_s * 3;
  }

  private move(by_s: number, floor_s = 0): void {
    const moved = this.target_s + by_s;
    this.target_s = by_s < 0 ? Math.min(this.target_s, Math.max(floor_s, moved)) : Math.min(this.ceiling, moved);
  }
}

const arrivals_kept = 120;
const period_s = 5;
const step_s = 0.1;
const careful_s = 120;
/** Time to fetch, append and decode a part once it is announced. */
const margin_s = 0.5;
const scarce_s = 0.25;
const ample_s = 0.55;
