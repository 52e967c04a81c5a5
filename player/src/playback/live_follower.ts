import { buffer_ahead } from './buffered.js';
import { LatencyTarget } from './latency_target.js';
import { far_behind_s, live_step } from './live_step.js';
import { RateController } from './rate_controller.js';
import type { PlaybackState } from './playback.js';
import type { Store } from '../base/store.js';

/** What the follower needs to know of the time line that is played. */
export interface LiveEdge {
  /** Seconds from the playhead to the newest part, as it is at this moment. */
  latency_s(): number | null;
  hold_back_s(): number;
  part_s(): number;
  /** Where to jump to be `target_s` behind. */
  position_behind_edge(target_s: number): number | null;
}

const tick_ms = 200;
/** A jump that gains less than this only repeats what was just seen: nothing newer has arrived yet. */
const least_jump_s = 1;
const same_place_s = 0.05;
const starved_s = 0.3;
/** After a jump the buffer is only being filled: what it lacks says nothing about the network. */
const settling_s = 3;
/** Timers that come so late say that the page stood still. */
const standstill_s = 0.4;

/**
 * Keeps a live video at its target latency by its playback rate. Stands down when the viewer rewinds,
 * stops, or picks a speed; jumps when a failure has left it far behind. `resume_from_ms` is for a viewer who had
 * rewound before the player was opened anew: when what was seen last was the newest part.
 */
export class LiveFollower {
  private readonly controller = new RateController();
  private readonly off: (() => void)[] = [];
  private readonly timer: ReturnType<typeof setInterval>;
  private target: LatencyTarget | null = null;
  private target_hold_back_s = 0;
  private is_following: boolean;
  private has_played = false;
  private settled_at_s = 0;
  private jumped_to_s: number | null = null;
  private last: { gap_s: number; at_s: number } | null = null;

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly edge: LiveEdge,
    private readonly store: Store<PlaybackState>,
    private resume_from_ms: number | null = null,
  ) {
    this.is_following = resume_from_ms === null;
    this.on('seeking', () => this.note_seek());
    this.on('play', () => this.judge_place());
    this.on('pause', () => this.controller.reset());
    this.on('playing', () => {
      if (!this.has_played) {
        this.settle();
      }
      this.has_played = true;
      store.update({ status: 'playing', is_blocked_by_browser: false });
    });
    this.on('waiting', () => this.note_waiting());
    this.timer = setInterval(() => this.tick(), tick_ms);
  }

  back_to_live(): void {
    const target_s = this.target?.seconds ?? this.edge.hold_back_s();
    const position = this.edge.position_behind_edge(target_s);
    this.is_following = true;
    this.store.update({ speed: 1 });
    if (position !== null) {
      this.jump_to(position);
    }
  }

  destroy(): void {
    clearInterval(this.timer);
    this.off.forEach((undo) => undo());
    this.video.playbackRate = 1;
  }

  private tick(): void {
    const latency_s = this.edge.latency_s();
    const hold_back_s = this.edge.hold_back_s();
    if (latency_s === null || hold_back_s === 0) {
      return;
    }
    if (!this.target || this.target_hold_back_s !== hold_back_s) {
      this.target = new LatencyTarget(hold_back_s, this.edge.part_s());
      this.target_hold_back_s = hold_back_s;
    }
    this.resume(latency_s);
    this.follow(latency_s, this.target);
    this.store.update({
      latency_s,
      target_s: this.target.seconds,
      is_behind: !this.is_following || (this.video.paused && latency_s > this.target.seconds + far_behind_s),
    });
  }

  /** Once, as soon as there is something to stand in. */
  private resume(latency_s: number): void {
    if (this.resume_from_ms === null || !this.has_played) {
      return;
    }
    const behind_s = (Date.now() - this.resume_from_ms) / 1000;
    this.resume_from_ms = null;
    const position = this.edge.position_behind_edge(behind_s);
    if (position !== null && behind_s > latency_s) {
      this.video.currentTime = position;
    }
  }

  private follow(latency_s: number, target: LatencyTarget): void {
    const { video, store } = this;
    if (video.paused || video.seeking || !this.has_played) {
      return;
    }
    const { speed } = store.state;
    const buffer_ahead_s = buffer_ahead(video);
    switch (live_step({ latency_s, target_s: target.seconds, buffer_ahead_s, is_following: this.is_following, speed })) {
      case 'behind':
        this.last = null;
        this.is_following = speed !== 1 ? latency_s < target.seconds + far_behind_s : false;
        this.set_rate(speed);
        return;
      case 'arrive':
        this.is_following = true;
        store.update({ speed: 1 });
        return;
      case 'jump':
        this.jump(target.seconds);
        return;
      case 'follow':
        this.keep_pace(latency_s, buffer_ahead_s, target);
    }
  }

  private jump(target_s: number): void {
    const position = this.edge.position_behind_edge(target_s);
    if (position !== null && position > this.video.currentTime + least_jump_s) {
      this.jump_to(position);
    }
  }

  private jump_to(position_s: number): void {
    this.jumped_to_s = position_s;
    this.video.currentTime = position_s;
  }

  private keep_pace(latency_s: number, buffer_ahead_s: number, target: LatencyTarget): void {
    this.note_gap(latency_s - buffer_ahead_s, target);
    this.set_rate(this.controller.rate_for({ latency_s, target_s: target.seconds, buffer_ahead_s }));
  }

  /** While a visible page stands still nothing is appended: the gap grew until now, whatever it is by now. */
  private note_gap(gap_s: number, target: LatencyTarget): void {
    const at_s = performance.now() / 1000;
    if (at_s < this.settled_at_s) {
      this.last = null;
      return;
    }
    const { last } = this;
    const since_last_s = last && document.visibilityState === 'visible' ? at_s - last.at_s : 0;
    const grown_s = last && since_last_s > standstill_s ? last.gap_s + since_last_s : 0;
    target.note_gap(Math.max(gap_s, grown_s), at_s);
    this.last = { gap_s, at_s };
  }

  private set_rate(rate: number): void {
    if (this.video.playbackRate !== rate) {
      this.video.playbackRate = rate;
    }
    this.store.update({ rate });
  }

  /** The follower's own jumps say nothing about the viewer's wish. */
  private note_seek(): void {
    if (this.jumped_to_s !== null && Math.abs(this.video.currentTime - this.jumped_to_s) < same_place_s) {
      this.jumped_to_s = null;
      this.settle();
    } else {
      this.judge_place();
    }
  }

  /** Far from the edge is a viewer's wish, close to it is following again, past it there is nothing yet. */
  private judge_place(): void {
    this.settle();
    const latency_s = this.edge.latency_s();
    if (latency_s === null || !this.target || !this.has_played) {
      return;
    }
    this.is_following = latency_s < this.target.seconds + far_behind_s;
    if (latency_s < this.edge.part_s() / 2) {
      this.back_to_live();
    }
  }

  private settle(): void {
    this.settled_at_s = performance.now() / 1000 + settling_s;
  }

  private note_waiting(): void {
    const { video, store } = this;
    if (!this.has_played || video.paused || video.seeking) {
      return;
    }
    const { stalls, starvations } = store.state;
    store.update({
      status: 'waiting',
      stalls: stalls + 1,
      starvations: starvations + (buffer_ahead(video) < starved_s ? 1 : 0),
    });
  }

  private on(event: string, listener: () => void): void {
    this.video.addEventListener(event, listener);
    this.off.push(() => this.video.removeEventListener(event, listener));
  }
}
