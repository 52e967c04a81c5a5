import './media_chrome.js';
import './estrad_live_button.js';
import './estrad_statistics.js';
import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { t } from '../base/catalogue.js';
import type { Store } from '../base/store.js';
import { media_time } from '../base/times.js';
import { View } from '../base/view.js';
import { open_playback } from '../playback/open_playback.js';
import { audio_only, type Playback, type PlaybackState, starting } from '../playback/playback.js';
import { follow_captions, show_captions } from '../playback/text_tracks.js';
import { measure_glass } from '../viewer/glass.js';
import { keep_press } from './button_keys.js';
import { keys_dialog } from './keys_dialog.js';
import { command_of, keys_taken, type PlayerCommand } from './player_keys.js';
import { settings_button, settings_menu, type SettingsRequests } from './settings_menu.js';
import { next_speed } from './speeds.js';
import { remember_volume } from './volume.js';

/**
 * A video with its controls. `address`, `mode` and `startAt` are read when it enters the page; a new
 * broadcast is a new element. `store` is told what the picture does.
 */
export class EstradPlayer extends View<PlaybackState> {
  static override properties: PropertyDeclarations = {
    store: { attribute: false },
    mode: { attribute: false },
    startAt: { attribute: false },
    address: { attribute: false },
    label: { attribute: false },
    demo: { attribute: false },
    quiet: { attribute: false },
  };

  // set once, by the parent's template
  declare store: Store<PlaybackState>;
  declare mode: 'live' | 'recorded';
  declare startAt: number | null;
  declare address: string;
  declare label: string;
  declare demo: boolean;
  /** Starts without sound, and remembers nothing: a preview. */
  declare quiet: boolean;

  private playback: Playback | null = null;
  private off: (() => void)[] = [];

  override connectedCallback(): void {
    this.store.update(starting(this.mode));
    super.connectedCallback();
  }

  override disconnectedCallback(): void {
    this.off.forEach((undo) => undo());
    this.off = [];
    this.playback?.destroy();
    this.playback = null;
    super.disconnectedCallback();
  }

  protected override firstUpdated(_: PropertyValues): void {
    void this.start();
  }

  get video(): HTMLVideoElement | null {
    return this.querySelector('video');
  }

  private async start(): Promise<void> {
    const { video, store } = this;
    if (!video) {
      return;
    }
    video.muted = this.quiet === true;
    if (!this.quiet) {
      this.off.push(remember_volume(video));
    }
    const note_volume = (): void => {
      if (!video.muted) {
        store.update({ is_blocked_by_browser: false });
      }
    };
    video.addEventListener('volumechange', note_volume);
    this.off.push(() => video.removeEventListener('volumechange', note_volume), follow_captions(video, store));
    if (this.demo) {
      this.off.push(measure_glass(video));
    }
    const opened = await open_playback({
      video, store, mode: this.mode, address: this.address, start_at_s: this.startAt ?? null, keeps_choices: !this.quiet,
    });
    if (this.isConnected) {
      this.playback = opened;
    } else {
      opened.destroy();
    }
  }

  private with_sound = (): void => {
    const { video } = this;
    if (video) {
      video.muted = false;
      void video.play().catch(() => undefined);
    }
    this.store.update({ is_blocked_by_browser: false });
  };

  private readonly requests: SettingsRequests = {
    quality: (id) => this.playback?.choose_quality(id),
    language: (id) => this.playback?.choose_language(id),
    captions: (id) => this.video && show_captions(this.video, id),
    speed: (speed) => this.playback?.choose_speed(speed),
    statistics: (is_shown) => this.store.update({ statistics: is_shown ? (this.playback?.statistics() ?? null) : null }),
    keys: () => this.show_keys(),
  };

  private show_keys(): void {
    const menu = this.querySelector<HTMLElement>('media-settings-menu');
    if (menu && !menu.hidden) {
      menu.hidden = true;
      this.querySelector<HTMLElement>('media-settings-menu-button')?.focus();
    }
    this.querySelector('dialog')?.showModal();
  }

  private note_key = (event: KeyboardEvent): void => {
    const command = command_of(event);
    if (command) {
      event.preventDefault();
      this.obey(command);
    }
  };

  private obey(command: PlayerCommand): void {
    const { mode, is_behind, speed, statistics } = this.state;
    switch (command) {
      case 'picture_in_picture':
        this.querySelector<HTMLElement>('media-pip-button')?.click();
        return;
      case 'back_to_live':
        if (mode === 'live') {
          this.playback?.back_to_live();
        }
        return;
      case 'slower':
      case 'faster':
        if (mode === 'recorded' || is_behind || speed !== 1) {
          this.requests.speed(next_speed(speed, command));
        }
        return;
      case 'statistics':
        this.requests.statistics(statistics === null);
        return;
      case 'help':
        this.show_keys();
    }
  }

  protected override render(): TemplateResult {
    const { status, statistics } = this.state;
    const is_waiting_for_play = status === 'stopped' || (this.mode === 'recorded' && status === 'starting');
    return html`
      <media-controller class="player player-${this.mode}" aria-label=${t('player.label', { title: this.label ?? '' })}
        hotkeys=${keys_taken} keyboardupvolumestep="0.1" keyboarddownvolumestep="0.1" @keydown=${this.note_key}>
        <video slot="media" playsinline preload="metadata"></video>
        <media-loading-indicator slot="centered-chrome" noautohide ?hidden=${is_waiting_for_play}></media-loading-indicator>
        ${this.notes()}
        ${is_waiting_for_play ? html`<media-play-button slot="centered-chrome" class="big-play" notooltip></media-play-button>` : nothing}
        ${settings_menu(this.state, this.requests)}
        ${this.bars()}
        ${statistics ? html`<estrad-statistics slot="top-chrome" noautohide .store=${this.store}
          .onSample=${() => this.requests.statistics(true)} .onClose=${() => this.requests.statistics(false)}></estrad-statistics>` : nothing}
      </media-controller>
      ${keys_dialog()}
    `;
  }

  private notes(): TemplateResult {
    const { is_blocked_by_browser, quality } = this.state;
    return html`
      ${is_blocked_by_browser ? html`<button slot="top-chrome" type="button" class="with-sound" @keydown=${keep_press} @click=${this.with_sound}>${t('player.sound_on')}</button>` : nothing}
      ${quality === audio_only ? html`<p slot="centered-chrome" class="sound-alone" noautohide>${t('player.sound_alone')}</p>` : nothing}`;
  }

  private bars(): TemplateResult {
    const { is_behind, latency_s, captions } = this.state;
    return html`
      <media-control-bar class="bar-time"><media-time-range></media-time-range>
        ${is_behind && latency_s !== null ? html`<span class="behind-by"><span aria-hidden="true">−${media_time(latency_s)}</span><span class="visually-hidden">${t('player.behind_by', { time: media_time(latency_s) })}</span></span>` : nothing}
      </media-control-bar>
      <media-control-bar class="bar-buttons">
        <media-play-button></media-play-button>
        <media-mute-button></media-mute-button>
        <media-volume-range></media-volume-range>
        ${this.mode === 'live'
          ? html`<estrad-live-button .store=${this.store} .onBack=${() => this.playback?.back_to_live()}></estrad-live-button>`
          : html`<media-time-display showduration notoggle></media-time-display>`}
        <span class="bar-gap"></span>
        ${captions.length > 0 ? html`<media-captions-button></media-captions-button>` : nothing}
        ${settings_button()}
        <media-pip-button></media-pip-button>
        <media-fullscreen-button></media-fullscreen-button>
      </media-control-bar>`;
  }
}
customElements.define('estrad-player', EstradPlayer);
