import { Backoff } from '../base/backoff.js';
import type { Playback, PlaybackOptions } from './playback.js';
import { type Statistics, statistics_of } from './statistics.js';

/** The browser's own HLS, where scripts cannot feed a video (older iPhones). */
export class NativePlayback implements Playback {
  private readonly backoff = new Backoff(1000, 8000);
  private readonly off: (() => void)[] = [];
  private retry: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: PlaybackOptions) {
    const { video, store } = options;
    this.on('playing', () => {
      this.backoff.reset();
      store.update({ status: 'playing' });
    });
    this.on('pause', () => store.update({ status: 'stopped' }));
    this.on('waiting', () => store.update({ status: 'waiting' }));
    this.on('timeupdate', () => store.update({ is_behind: options.mode === 'live' && this.distance() > behind_s }));
    this.on('ratechange', () => store.update({ speed: video.playbackRate, rate: video.playbackRate }));
    this.on('error', () => {
      store.update({ status: 'lost', errors: store.state.errors + 1 });
      this.retry = setTimeout(() => this.open(), this.backoff.next());
    });
    this.open();
  }

  back_to_live(): void {
    const { video } = this.options;
    if (video.seekable.length > 0) {
      video.currentTime = video.seekable.end(video.seekable.length - 1);
    }
    void video.play().catch(() => undefined);
  }

  choose_quality(): void {}

  choose_language(): void {}

  choose_speed(speed: number): void {
    this.options.video.playbackRate = speed;
  }

  statistics(): Statistics {
    return statistics_of(this.options.video, { frame_rate: null, bitrate_bps: null, bandwidth_bps: null });
  }

  destroy(): void {
    clearTimeout(this.retry);
    this.off.forEach((undo) => undo());
    this.options.video.removeAttribute('src');
    this.options.video.load();
  }

  private open(): void {
    const { video, address, mode, start_at_s, store } = this.options;
    video.src = mode === 'recorded' && start_at_s !== null ? `${address}#t=${start_at_s}` : address;
    if (mode === 'live') {
      void video.play().catch(() => store.update({ is_blocked_by_browser: true }));
    }
  }

  private distance(): number {
    const { seekable, currentTime } = this.options.video;
    return seekable.length > 0 ? seekable.end(seekable.length - 1) - currentTime : 0;
  }

  private on(event: string, listener: () => void): void {
    this.options.video.addEventListener(event, listener);
    this.off.push(() => this.options.video.removeEventListener(event, listener));
  }
}

const behind_s = 20;
