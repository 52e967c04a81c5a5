import { transport } from '../base/transport.js';
import { buffer_ahead } from './buffered.js';

/** What a player knows of itself beside its state; null is what this browser does not tell. */
export interface Statistics {
  buffer_ahead_s: number;
  /** Of the picture as it is decoded; null without one. */
  size: { width: number; height: number } | null;
  frame_rate: number | null;
  shown_frames: number;
  dropped_frames: number;
  /** Of the rung that is played. */
  bitrate_bps: number | null;
  /** What the network was seen to carry. */
  bandwidth_bps: number | null;
  /** "h2", "http/1.1", … */
  transport: string;
  is_online: boolean;
}

/** What only the player itself knows, for a rung and its network. */
export type StreamStatistics = Pick<Statistics, 'frame_rate' | 'bitrate_bps' | 'bandwidth_bps'>;

export function statistics_of(video: HTMLVideoElement, stream: StreamStatistics): Statistics {
  const { droppedVideoFrames, totalVideoFrames } = video.getVideoPlaybackQuality();
  const { videoWidth: width, videoHeight: height } = video;
  return {
    ...stream,
    buffer_ahead_s: buffer_ahead(video),
    size: width > 0 ? { width, height } : null,
    shown_frames: totalVideoFrames - droppedVideoFrames,
    dropped_frames: droppedVideoFrames,
    transport: transport(),
    is_online: navigator.onLine,
  };
}
