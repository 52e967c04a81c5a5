import { playback, viewer } from './context.js';
import { glass } from './glass.js';

/** What tests and benches read from a page, in seconds. */
export interface TestHook {
  readonly state: string;
  readonly mode: string;
  readonly latency: number | null;
  readonly targetLatency: number | null;
  readonly glass: number | null;
  readonly rate: number;
  readonly stalls: number;
  readonly starvations: number;
  readonly errors: number;
  readonly dropped: number;
  readonly playing: boolean;
  readonly position: number;
  /** The rung that is played, by its label. */
  readonly level: string | null;
}

declare global {
  interface Window {
    estrad: TestHook;
  }
}

export function expose_test_hook(): void {
  const video = (): HTMLVideoElement | null => document.querySelector('estrad-player video');
  window.estrad = {
    get state() { return viewer.state.state; },
    get mode() { return viewer.state.picture; },
    get latency() { return playback.state.latency_s; },
    get targetLatency() { return playback.state.target_s; },
    get glass() { return glass.state.glass_s; },
    get rate() { return playback.state.rate; },
    get starvations() { return playback.state.starvations; },
    get stalls() { return playback.state.stalls; },
    get errors() { return playback.state.errors; },
    get dropped() { return video()?.getVideoPlaybackQuality().droppedVideoFrames ?? 0; },
    get playing() { return playback.state.status === 'playing'; },
    get position() { return video()?.currentTime ?? 0; },
    get level() {
      return playback.state.qualities.find(({ id }) => id === playback.state.shown_quality)?.label ?? null;
    },
  };
}
