export interface RateInput {
  /** Seconds behind the newest part. */
  latency_s: number;
  target_s: number;
  /** Seconds of picture and sound ahead of the playhead. */
  buffer_ahead_s: number;
}

/** Below this a change of speed is not heard as one. */
const slowest = 0.95;
const fastest = 1.05;

/**
 * The speed that brings playback to the target latency: 0.95 to 1.05. Full speed half a second away,
 * gently below, and no change within a dead band, wider on the way in than on the way out.
 */
export class RateController {
  private is_correcting = false;

  rate_for(input: RateInput): number {
    const error_s = input.latency_s - input.target_s;
    this.is_correcting = Math.abs(error_s) > (this.is_correcting ? 0.03 : 0.1);
    if (!this.is_correcting) {
      return 1;
    }
    if (error_s > 0 && input.buffer_ahead_s < 0.2) {
      return 1;
    }
    return Math.round(Math.min(fastest, Math.max(slowest, 1 + error_s * 0.1)) * 100) / 100;
  }

  reset(): void {
    this.is_correcting = false;
  }
}
