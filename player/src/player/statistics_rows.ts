import type { Catalogue } from '../base/catalogue.js';
import type { PlaybackState } from '../playback/playback.js';

const protocols: Readonly<Record<string, string>> = { h3: 'HTTP/3', h2: 'HTTP/2', 'http/1.1': 'HTTP/1.1' };

/** The statistics as lines of a name and a value, in words of the page's language. None while nothing is known. */
export function statistics_rows(state: PlaybackState, catalogue: Catalogue): [name: string, value: string][] {
  const { statistics, mode, latency_s, target_s, stalls, starvations, rate, qualities, shown_quality, status } = state;
  if (!statistics) {
    return [];
  }
  const t = catalogue.text.bind(catalogue);
  const number = (value: number, digits = 0): string =>
    new Intl.NumberFormat(catalogue.language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
  const seconds = (value: number | null): string => (value === null ? '–' : t('statistics.seconds', { value: number(value, 1) }));
  const { size, frame_rate, bitrate_bps, bandwidth_bps, is_online } = statistics;
  const rung = qualities.find(({ id }) => id === shown_quality)?.label;
  const frames = statistics.shown_frames + statistics.dropped_frames;
  // A server on this machine or in this house needs no network that the browser would call one.
  const is_connected = status === 'playing' || (is_online && status !== 'lost');
  return [
    ...(mode === 'live' ? [
      [t('statistics.latency'), t('statistics.latency_of', { latency: seconds(latency_s), target: seconds(target_s) })] satisfies [string, string],
    ] : []),
    [t('statistics.buffer'), seconds(statistics.buffer_ahead_s)],
    [t('statistics.quality'), [
      ...(rung ? [rung] : []),
      ...(size && `${size.height}p` !== rung ? [`${size.width}×${size.height}`] : []),
      ...(size && frame_rate ? [t('statistics.frames_per_second', { value: number(frame_rate) })] : []),
      ...(bitrate_bps === null ? [] : [t('statistics.kbps', { value: number(bitrate_bps / 1000) })]),
    ].join(' · ') || '–'],
    ...(size ? [
      [t('statistics.dropped'), t('statistics.dropped_of', { dropped: number(statistics.dropped_frames), frames: number(frames) })] satisfies [string, string],
    ] : []),
    [t('statistics.stalls'), t('statistics.stalls_of', { stalls: number(stalls), empty: number(starvations) })],
    [t('statistics.speed'), `${number(rate, 2)}×`],
    [t('statistics.connection'), [
      t(is_connected ? 'statistics.connected' : 'statistics.disconnected'),
      ...(bandwidth_bps === null ? [] : [t('statistics.mbps', { value: number(bandwidth_bps / 1_000_000, 1) })]),
      ...(statistics.transport ? [protocols[statistics.transport] ?? statistics.transport] : []),
    ].join(' · ')],
  ];
}
