import Hls from 'hls.js';
import type { ErrorData, LevelDetails, MediaPlaylist } from 'hls.js';
import { Backoff } from '../base/backoff.js';
import { t } from '../base/catalogue.js';
import { hls_settings } from './hls_settings.js';
import { LiveFollower } from './live_follower.js';
import { audio_only, type Choice, type Playback, type PlaybackOptions } from './playback.js';
import { ProgressWatch } from './progress_watch.js';
import { type Statistics, statistics_of } from './statistics.js';
import { keep_language, keep_quality, kept_language, kept_quality, type QualityWish, rung_for } from './wishes.js';

const { Events, ErrorTypes } = Hls;

/** A sound track that can be played by itself. */
interface Sound {
  label: string;
  language: string | undefined;
  address: string;
}

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
  /** When what the viewer, who had rewound, saw last was the newest part. */
  private resume_from_ms: number | null = null;
  private should_play: boolean;
  /** A picture that is paused before it ever played was paused by nobody. */
  private has_played = false;
  private wish: QualityWish;
  private heights: readonly number[] = [];
  private sounds: readonly Sound[] = [];
  /** hls.js never picks the audio-only variant beside others, so that its playlist is played as if it were the whole stream. */
  private is_sound_alone = false;

  static is_supported(): boolean {
    return Hls.isSupported();
  }

  constructor(private readonly options: PlaybackOptions) {
    this.resume_at_s = options.start_at_s;
    this.should_play = options.mode === 'live';
    this.wish = options.keeps_choices ? kept_quality() : 'auto';
    const { video, store } = options;
    this.on(video, 'playing', () => {
      this.backoff.reset();
      this.mended = 0;
      this.has_played = true;
      store.update({ status: 'playing', is_blocked_by_browser: false });
    });
    this.on(video, 'pause', () => store.update({ status: 'stopped' }));
    this.on(window, 'online', () => this.note_online());
    if (options.mode === 'recorded') {
      this.on(video, 'waiting', () => store.update({ status: 'waiting' }));
      this.on(video, 'ratechange', () => store.update({ speed: video.playbackRate, rate: video.playbackRate }));
    }
    this.watch_timer = setInterval(() => this.check_progress(), 1000);
    this.open();
  }

  back_to_live(): void {
    this.follower?.back_to_live();
    void this.options.video.play().catch(() => undefined);
  }

  choose_quality(id: number): void {
    const { store, keeps_choices } = this.options;
    this.wish = id === audio_only ? 'audio' : this.heights[id] || 'auto';
    if (keeps_choices) {
      keep_quality(this.wish);
    }
    store.update({ quality: id });
    if (this.is_sound_alone || id === audio_only) {
      this.open_here();
    } else if (this.hls) {
      this.hls.nextLevel = id;
    }
  }

  choose_language(id: number): void {
    const { store, keeps_choices } = this.options;
    if (keeps_choices) {
      keep_language(this.sounds[id]?.language ?? null);
    }
    store.update({ language: id });
    if (this.is_sound_alone) {
      this.open_here();
    } else if (this.hls) {
      this.hls.audioTrack = id;
    }
  }

  choose_speed(speed: number): void {
    const { video, mode, store } = this.options;
    if (mode === 'recorded') {
      video.defaultPlaybackRate = speed;
    }
    video.playbackRate = speed;
    store.update({ speed });
  }

  statistics(): Statistics {
    const { hls } = this;
    const level = hls?.levels[Math.max(hls.currentLevel, 0)];
    return statistics_of(this.options.video, {
      frame_rate: level?.frameRate || null,
      bitrate_bps: level?.realBitrate || level?.averageBitrate || null,
      bandwidth_bps: hls?.bandwidthEstimate || null,
    });
  }

  destroy(): void {
    clearInterval(this.watch_timer);
    clearTimeout(this.retry);
    this.off.forEach((undo) => undo());
    this.close();
  }

  private open(): void {
    this.close();
    const { video, mode, store, address } = this.options;
    const hls = new Hls(hls_settings({ ...this.options, start_at_s: this.resume_at_s }, () => this.part_s() * 1000));
    const sound = this.wish === 'audio' ? this.sound_alone() : undefined;
    this.hls = hls;
    this.is_sound_alone = sound !== undefined;
    hls.on(Events.MANIFEST_PARSED, (_, { audioTracks }) => this.note_manifest(hls, audioTracks));
    hls.on(Events.LEVEL_SWITCHED, (_, { level }) => store.update({ shown_quality: this.is_sound_alone ? audio_only : level }));
    hls.on(Events.AUDIO_TRACK_SWITCHED, (_, { id }) => store.update({ language: id }));
    hls.on(Events.ERROR, (_, error) => this.note_error(hls, error));
    if (mode === 'live') {
      this.follower = new LiveFollower(video, this.edge_of(hls), store, this.resume_from_ms);
    }
    hls.attachMedia(video);
    hls.loadSource(sound?.address ?? address);
  }

  private close(): void {
    this.follower?.destroy();
    this.follower = null;
    this.hls?.destroy();
    this.hls = null;
  }

  private note_manifest(hls: Hls, tracks: readonly MediaPlaylist[]): void {
    const { video } = this.options;
    if (!this.is_sound_alone) {
      this.list_sounds(tracks);
      this.list_qualities(hls);
    } else if (this.sounds.length > 1) {
      this.options.store.update({ language: this.sounds.findIndex((sound) => sound === this.sound_alone()) });
    }
    if (this.wish === 'audio' && !this.is_sound_alone && this.sound_alone()) {
      queueMicrotask(() => this.hls === hls && this.open());
      return;
    }
    if (this.should_play) {
      video.play().catch(() => this.play_muted());
    }
  }

  /** All rungs play sound from one group. */
  private list_sounds(tracks: readonly MediaPlaylist[]): void {
    this.sounds = tracks
      .filter(({ groupId }) => groupId === tracks[0]?.groupId)
      .map(({ name, lang, url }) => ({ label: name, language: lang, address: url }));
    this.options.store.update({ languages: this.sounds.map(({ label }, id) => ({ id, label })) });
  }

  private list_qualities(hls: Hls): void {
    const rungs = hls.levels
      .map(({ height, bitrate }, id): Choice => ({ id, label: height ? `${height}p` : `${Math.round(bitrate / 1000)} kbit/s` }))
      .reverse();
    const has_sound_alone = this.sound_alone() !== undefined;
    const qualities = has_sound_alone ? [...rungs, { id: audio_only, label: t('player.audio_only') }] : rungs;
    this.heights = hls.levels.map(({ height }) => height);
    const rung = rung_for(this.wish, this.heights);
    if (rung >= 0) {
      hls.loadLevel = rung;
    }
    this.options.store.update({ qualities, quality: this.wish === 'audio' && has_sound_alone ? audio_only : rung });
  }

  /** The one to play without a picture: in the viewer's language, else the stream's first. None where sound and picture share their files. */
  private sound_alone(): Sound | undefined {
    const { store, keeps_choices } = this.options;
    const kept = keeps_choices ? kept_language() : null;
    const sound = this.sounds[store.state.language] ?? this.sounds.find(({ language }) => language === kept) ?? this.sounds[0];
    return sound?.address ? sound : undefined;
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
        const position = known && Math.min(known.edge + known.age - target_s, known.edge - this.part_s());
        return known && position !== null ? Math.max(position, known.fragmentStart) : null;
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

  /** What is buffered plays on until then. Addresses are asked for anew: a server that was restarted may have others. */
  private open_again(at_least_ms: number): void {
    const { store } = this.options;
    this.note_place();
    store.update({ status: at_least_ms > 0 ? store.state.status : 'lost' });
    this.sounds = [];
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.open(), Math.max(at_least_ms, this.backoff.next()));
  }

  /** The same moment, from another playlist. */
  private open_here(): void {
    this.note_place();
    clearTimeout(this.retry);
    this.open();
  }

  /** What the next opening goes on from: where this one stands, and whether it plays. */
  private note_place(): void {
    const { video, mode, store } = this.options;
    const { status, is_behind, latency_s } = store.state;
    if (this.has_played && status !== 'lost') {
      this.should_play = !video.paused;
    }
    if (mode === 'recorded' && video.currentTime > 0) {
      this.resume_at_s = video.currentTime;
    }
    if (mode === 'live' && status !== 'lost') {
      this.resume_from_ms = is_behind && latency_s !== null ? Date.now() - latency_s * 1000 : null;
    }
  }

  /** Without a network nothing is mended by opening anew: the last picture stays until there is one. */
  private check_progress(): void {
    const { video } = this.options;
    const should_move = !video.paused && !video.ended && navigator.onLine;
    if (this.watch.check(video.currentTime, should_move, Date.now() / 1000)) {
      this.open_again(0);
    }
  }

  private note_online(): void {
    const { status } = this.options.store.state;
    if (status === 'waiting' || status === 'lost') {
      this.backoff.reset();
      this.open_again(0);
    }
  }

  private on(target: EventTarget, event: string, listener: () => void): void {
    target.addEventListener(event, listener);
    this.off.push(() => target.removeEventListener(event, listener));
  }
}

const refused_ms = 1000;

/** The event has ended or is not public any more; the public log says the rest. */
function is_refused(error: ErrorData): boolean {
  const status = error.response?.code ?? 0;
  return status === 403 || status === 404 || status === 410;
}
