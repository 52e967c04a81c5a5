import { Store } from '../base/store.js';
import type { Statistics } from './statistics.js';

export interface Choice {
  id: number;
  label: string;
}

/** A quality that is none of the rungs: chosen by what the network can carry, and the sound alone. */
export const automatic = -1;
export const audio_only = -2;

/** What a player is doing, for the elements around it and for the test hook. */
export interface PlaybackState {
  mode: 'live' | 'recorded';
  /** lost: the server does not answer; it is tried again for ever. */
  status: 'starting' | 'playing' | 'stopped' | 'waiting' | 'lost';
  /** The viewer has rewound; "back to live" is offered. */
  is_behind: boolean;
  is_blocked_by_browser: boolean;
  latency_s: number | null;
  target_s: number | null;
  rate: number;
  speed: number;
  stalls: number;
  /** Stalls with nothing left to play; at the others the machine could not keep up with what was there. */
  starvations: number;
  errors: number;
  /** Best first; `audio_only` last, where the stream has sound of its own. */
  qualities: readonly Choice[];
  quality: number;
  shown_quality: number;
  /** Sound tracks; one or none leaves nothing to choose. */
  languages: readonly Choice[];
  language: number;
  captions: readonly Choice[];
  /** -1: off. */
  caption: number;
  /** Null: not asked for. */
  statistics: Statistics | null;
}

export function starting(mode: 'live' | 'recorded'): PlaybackState {
  return {
    mode, status: 'starting', is_behind: false, is_blocked_by_browser: false, latency_s: null, target_s: null,
    rate: 1, speed: 1, stalls: 0, starvations: 0, errors: 0, qualities: [], quality: automatic, shown_quality: automatic,
    languages: [], language: -1, captions: [], caption: -1, statistics: null,
  };
}

export interface PlaybackOptions {
  video: HTMLVideoElement;
  address: string;
  mode: 'live' | 'recorded';
  start_at_s: number | null;
  /** Quality and language are taken from the last visit, and kept for the next. */
  keeps_choices: boolean;
  store: Store<PlaybackState>;
}

/** Something that plays an address in a video element until it is destroyed, whatever happens in between. */
export interface Playback {
  back_to_live(): void;
  choose_quality(id: number): void;
  choose_language(id: number): void;
  choose_speed(speed: number): void;
  /** As it is at this moment. */
  statistics(): Statistics;
  destroy(): void;
}
