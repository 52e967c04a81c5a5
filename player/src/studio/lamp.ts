import type { Signal } from './types.js';

export type Lamp = 'green' | 'yellow' | 'red';

export function lamp_of(signal: Signal | undefined): Lamp {
  if (!signal?.connected) {
    return 'red';
  }
  return (signal.warnings?.length ?? 0) > 0 ? 'yellow' : 'green';
}

/** "1280 × 720 · 30 bild/s · 2,5 Mbit/s · RTMP": what is known of it. */
export function signal_facts(signal: Signal, locale: string): string[] {
  const video = signal.video ?? signal;
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const keyframes = signal.video?.keyframe_interval;
  return [
    video.width && video.height ? `${video.width} × ${video.height}` : '',
    video.fps ? `${number.format(video.fps)} fps` : '',
    video.bitrate ? `${number.format(video.bitrate / 1e6)} Mbit/s` : '',
    keyframes ? `GOP ${number.format(keyframes)} s` : '',
    [video.codec, signal.audio?.codec].filter(Boolean).join(' + '),
    signal.protocol?.toUpperCase() ?? '',
  ].filter((fact) => fact !== '');
}
