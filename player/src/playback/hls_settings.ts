import type { HlsConfig, LoaderConfig, RetryConfig } from 'hls.js';
import { shares_one_connection } from '../base/transport.js';
import { late_playlist_loader } from './late_playlist_loader.js';
import type { PlaybackOptions } from './playback.js';
import { kept_language } from './wishes.js';

interface NetworkInformation {
  saveData?: boolean;
}

export function saves_data(): boolean {
  return (navigator as Navigator & { connection?: NetworkInformation }).connection?.saveData === true;
}

/** How hls.js is set up: low latency, a target latency that only we move, and retries that outlast a restart. */
export function hls_settings(options: PlaybackOptions, part_ms: () => number): Partial<HlsConfig> {
  const language = options.keeps_choices ? kept_language() : null;
  const settings: Partial<HlsConfig> = {
    enableWorker: false,
    lowLatencyMode: true,
    maxLiveSyncPlaybackRate: 1,
    liveSyncOnStallIncrease: 0,
    startPosition: options.mode === 'recorded' ? (options.start_at_s ?? 0) : -1,
    capLevelToPlayerSize: true,
    abrEwmaDefaultEstimate: 3_000_000,
    abrMaxWithRealBitrate: true,
    backBufferLength: options.mode === 'live' ? 60 : 90,
    maxBufferLength: 30,
    enableDateRangeMetadataCues: false,
    enableEmsgMetadataCues: false,
    manifestLoadPolicy: { default: patient(8000) },
    playlistLoadPolicy: { default: patient(9000) },
    fragLoadPolicy: { default: { ...patient(9000), errorRetry: retries(6, is_passing) } },
    ...(saves_data() ? { startLevel: 0 } : {}),
    ...(language ? { audioPreference: { lang: language } } : {}),
  };
  return shares_one_connection() ? settings : { ...settings, pLoader: late_playlist_loader(part_ms) };
}

function patient(first_byte_ms: number): LoaderConfig {
  return {
    maxTimeToFirstByteMs: first_byte_ms,
    maxLoadTimeMs: 20_000,
    timeoutRetry: retries(60, () => true),
    errorRetry: retries(60, is_passing),
  };
}

function retries(most: number, may_pass: (status: number) => boolean): RetryConfig {
  return {
    maxNumRetry: most,
    retryDelayMs: 300,
    maxRetryDelayMs: 2000,
    backoff: 'exponential',
    shouldRetry: (config, count, is_timeout, response) =>
      !!config && count < config.maxNumRetry && (is_timeout || may_pass(response?.code ?? 0)),
  };
}

/** No connection, or the server is not ready: worth asking again. A 4xx is not. */
function is_passing(status: number): boolean {
  return status === 0 || status === 429 || status >= 500;
}
