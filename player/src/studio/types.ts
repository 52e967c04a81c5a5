import type { QuestionState } from '../questions/own_store.js';
import type { EventState } from '../webcast.js';

/** A stage as the staff API gives it. */
export interface Stage {
  id: string;
  name: string;
  key: string;
  backup_key: string;
  rtmp_url: string;
  srt_url: string;
  whip_url?: string;
  present_url?: string;
}

/** An event as the staff API gives it: its plan, and what has become of it. */
export interface StaffEvent {
  slug: string;
  title: string;
  stage: string;
  state: EventState;
  starts_at: string | null;
  ends_at: string | null;
  started_at: string | null;
  ended_at: string | null;
  timezone: string;
  questions: QuestionMode;
  speakers?: string[];
}

export type QuestionMode = 'moderated' | 'open' | 'off';

export interface StaffQuestion {
  id: string;
  state: QuestionState;
  text: string;
  name?: string | null;
  answer?: string | null;
  reason?: string | null;
  asked_at?: string;
  claimed_by?: string | null;
}

export interface QuestionPatch {
  state?: QuestionState;
  answer?: string;
  reason?: string;
}

/** What a stage receives. Measurements are missing while a feed has just begun. */
export interface Signal {
  connected: boolean;
  stage?: string;
  protocol?: string;
  encoder?: string;
  codecs?: { video?: string; audio?: string };
  size?: { width: number; height: number };
  fps?: number;
  /** Bits a second. */
  bitrate?: number;
  /** Seconds. */
  keyframe_interval?: number;
  warnings?: string[];
  since?: string | null;
}

export interface Listing<T> {
  items: T[];
  next?: string | null;
}

/** The last word of each command's route. */
export type Command =
  | 'publish' | 'lobby' | 'start' | 'pause' | 'resume' | 'stop' | 'reopen' | 'withdraw' | 'cancel' | 'reinstate';
