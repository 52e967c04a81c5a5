import type { Signal } from './types.js';

export type Lamp = 'green' | 'yellow' | 'red';

export function lamp_of(signal: Signal | undefined): Lamp {
  if (!signal?.connected) {
    return 'red';
  }
  return (signal.warnings?.length ?? 0) > 0 ? 'yellow' : 'green';
}

/** As people write them. */
const codec_names: Readonly<Record<string, string>> = { h264: 'H.264', h265: 'HEVC', hevc: 'HEVC', av1: 'AV1', vp8: 'VP8', aac: 'AAC', opus: 'Opus', mp3: 'MP3' };

/** "1280 × 720 · 30 bild/s · 2,5 Mbit/s · RTMP": what is known of it. */
export function signal_facts(signal: Signal, locale: string): string[] {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const { size, fps, bitrate, keyframe_interval, codecs, protocol } = signal;
  return [
    size?.width ? `${size.width} × ${size.height}` : '',
    fps ? `${number.format(fps)} fps` : '',
    bitrate ? `${number.format(bitrate / 1e6)} Mbit/s` : '',
    keyframe_interval ? `GOP ${number.format(keyframe_interval)} s` : '',
    [codecs?.video, codecs?.audio].flatMap((codec) => (codec ? [codec_names[codec] ?? codec] : [])).join(' + '),
    protocol?.toUpperCase() ?? '',
  ].filter((fact) => fact !== '');
}
