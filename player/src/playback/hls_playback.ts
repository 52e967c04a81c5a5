import Hls from 'hls.js';
import type { ErrorData, LevelDetails } from 'hls.js';
import { Backoff } from '../base/backoff.js';
import { hls_settings } from './hls_settings.js';
import { LiveFollower } from './live_follower.js';
import type { Playback, PlaybackOptions } from './playback.js';
import { ProgressWatch } from './progress_watch.js';

const { Events, ErrorTypes } = Hls;

/** hls.js in a video element, mended or built anew for as long as it takes. */
export class HlsPlayback implements Playback {
  private hls: Hls | null = null;
  private follower: LiveFollower | null = null;
  private readonly backoff = new Backoff(500, 4000);
  private readonly watch = new ProgressWatch();
  private readonly watch_timer: ReturnType<typeof setInterval>;
  private readonly off: (() => void)[] = [];
  private retry: ReturnType<typeof setTimeout> | undefined;
  private mended = 0;
  private resume_at_s: number | null;
  private should_play: boolean;
  /** A picture that is paused before it ever played was paused by nobody. */
  private has_played = false;

  static is_supported(): boolean {
    return Hls.isSupported();
  }

  constructor(private readonly options: PlaybackOptions) {
    this.resume_at_s = options.start_at_s;
    this.should_play = options.mode === 'live';
    const { video, store } = options;
    this.on('playing', () => {
      this.backoff.reset();
      this.mended = 0;
      this.has_played = true;
      store.update({ status: 'playing', is_blocked_by_browser: false });
    });
    this.on('pause', () => store.update({ status: 'stopped' }));
    if (options.mode === 'recorded') {
      this.on('waiting', () => store.update({ status: 'waiting' }));
      this.on('ratechange', () => store.update({ speed: video.playbackRate, rate: video.playbackRate }));
    }
    this.watch_timer = setInterval(() => this.check_progress(), 1000);
    this.open();
  }

  back_to_live(): void {
    this.follower?.back_to_live();
    void this.options.video.play().catch(() => undefined);
  }

  choose_quality(id: number): void {
    if (this.hls) {
      this.hls.nextLevel = id;
      this.options.store.update({ quality: id });
    }
  }

  choose_caption(id: number): void {
    if (this.hls) {
      this.hls.subtitleDisplay = id >= 0;
      this.hls.subtitleTrack = id;
      this.options.store.update({ caption: id });
    }
  }

  choose_speed(speed: number): void {
    this.options.video.playbackRate = speed;
    this.options.store.update({ speed });
  }

  destroy(): void {
    clearInterval(this.watch_timer);
    clearTimeout(this.retry);
    this.off.forEach((undo) => undo());
    this.close();
  }

  private open(): void {
    this.close();
    const { video, address, mode, store } = this.options;
    const hls = new Hls(hls_settings({ ...this.options, start_at_s: this.resume_at_s }, () => this.part_s() * 1000));
    this.hls = hls;
    hls.on(Events.MANIFEST_PARSED, () => this.list_qualities(hls));
    hls.on(Events.LEVEL_SWITCHED, (_, { level }) => store.update({ shown_quality: level }));
    hls.on(Events.SUBTITLE_TRACKS_UPDATED, (_, { subtitleTracks }) =>
      store.update({ captions: subtitleTracks.map(({ name }, id) => ({ id, label: name })) }));
    hls.on(Events.ERROR, (_, error) => this.note_error(hls, error));
    if (mode === 'live') {
      this.follower = new LiveFollower(video, this.edge_of(hls), store);
    }
    hls.attachMedia(video);
    hls.loadSource(address);
  }

  private close(): void {
    this.follower?.destroy();
    this.follower = null;
    this.hls?.destroy();
    this.hls = null;
  }

  private list_qualities(hls: Hls): void {
    const { video, store } = this.options;
    const qualities = hls.levels
      .map(({ height, bitrate }, id) => ({ id, label: height ? `${height}p` : `${Math.round(bitrate / 1000)} kbit/s` }))
      .reverse();
    store.update({ qualities, quality: -1 });
    if (this.should_play) {
      video.play().catch(() => this.play_muted());
    }
  }

  /** Browsers refuse sound until the page has been touched: better a silent picture with a button than none. */
  private play_muted(): void {
    const { video, store } = this.options;
    video.muted = true;
    store.update({ is_blocked_by_browser: true });
    video.play().catch(() => store.update({ status: 'stopped' }));
  }

  private edge_of(hls: Hls): ConstructorParameters<typeof LiveFollower>[1] {
    const details = (): LevelDetails | null => hls.latestLevelDetails;
    return {
      latency_s: () => {
        const known = details();
        return known?.live ? known.edge + known.age - this.options.video.currentTime : null;
      },
      hold_back_s: () => details()?.partHoldBack || details()?.holdBack || 0,
      part_s: () => this.part_s(),
      position_behind_edge: (target_s) => {
        const known = details();
        return known ? Math.min(known.edge + known.age - target_s, known.edge - this.part_s()) : null;
      },
    };
  }

  private part_s(): number {
    return this.hls?.latestLevelDetails?.partTarget || 0.5;
  }

  private note_error(hls: Hls, error: ErrorData): void {
    const { store } = this.options;
    if (!error.fatal) {
      return;
    }
    store.update({ errors: store.state.errors + 1 });
    if (error.type === ErrorTypes.MEDIA_ERROR && this.mended < 2) {
      ++this.mended;
      hls.recoverMediaError();
      return;
    }
    this.open_again(is_refused(error) ? refused_ms : 0);
  }

  /** What is buffered plays on until then. */
  private open_again(at_least_ms: number): void {
    const { video, mode, store } = this.options;
    if (this.has_played && store.state.status !== 'lost') {
      this.should_play = !video.paused;
    }
    store.update({ status: at_least_ms > 0 ? store.state.status : 'lost' });
    if (mode === 'recorded' && video.currentTime > 0) {
      this.resume_at_s = video.currentTime;
    }
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.open(), Math.max(at_least_ms, this.backoff.next()));
  }

  private check_progress(): void {
    const { video } = this.options;
    if (this.watch.check(video.currentTime, !video.paused && !video.ended, performance.now() / 1000)) {
      this.open_again(0);
    }
  }

  private on(event: string, listener: () => void): void {
    this.options.video.addEventListener(event, listener);
    this.off.push(() => this.options.video.removeEventListener(event, listener));
  }
}

const refused_ms = 1000;

/** The event has ended or is not public any more; the public log says the rest. */
function is_refused(error: ErrorData): boolean {
  const status = error.response?.code ?? 0;
  return status === 403 || status === 404 || status === 410;
}
