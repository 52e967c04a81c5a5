import type { Playback, PlaybackOptions } from './playback.js';
import { NativePlayback } from './native_playback.js';

/** hls.js is fetched only where a picture is played. */
export async function open_playback(options: PlaybackOptions): Promise<Playback> {
  const { HlsPlayback } = await import('./hls_playback.js');
  return HlsPlayback.is_supported() ? new HlsPlayback(options) : new NativePlayback(options);
}
