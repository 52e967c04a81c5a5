import './media_chrome.js';
import './estrad_settings.js';
import './estrad_live_button.js';
import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { t } from '../base/catalogue.js';
import type { Store } from '../base/store.js';
import { View } from '../base/view.js';
import { open_playback } from '../playback/open_playback.js';
import { type Playback, type PlaybackState, starting } from '../playback/playback.js';
import { measure_glass } from '../viewer/glass.js';
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
  /** Starts without sound: a preview. */
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
    this.off.push(() => video.removeEventListener('volumechange', note_volume));
    if (this.demo) {
      this.off.push(measure_glass(video));
    }
    const opened = await open_playback({
      video, store, mode: this.mode, address: this.address, start_at_s: this.startAt ?? null,
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

  protected override render(): TemplateResult {
    const { status, is_blocked_by_browser } = this.state;
    const is_waiting_for_play = status === 'stopped' || (this.mode === 'recorded' && status === 'starting');
    return html`
      <media-controller class="player player-${this.mode}" aria-label=${t('player.label', { title: this.label ?? '' })}>
        <video slot="media" playsinline preload="metadata"></video>
        <media-loading-indicator slot="centered-chrome" noautohide ?hidden=${is_waiting_for_play}></media-loading-indicator>
        ${is_waiting_for_play ? html`<media-play-button slot="centered-chrome" class="big-play" notooltip></media-play-button>` : nothing}
        ${is_blocked_by_browser ? html`<button slot="top-chrome" type="button" class="with-sound" @click=${this.with_sound}>${t('player.sound_on')}</button>` : nothing}
        <media-control-bar class="bar-time"><media-time-range></media-time-range></media-control-bar>
        <media-control-bar class="bar-buttons">
          <media-play-button></media-play-button>
          <media-mute-button></media-mute-button>
          <media-volume-range></media-volume-range>
          ${this.mode === 'live'
            ? html`<estrad-live-button .store=${this.store} .onBack=${() => this.playback?.back_to_live()}></estrad-live-button>`
            : html`<media-time-display showduration notoggle></media-time-display>`}
          <span class="bar-gap"></span>
          <estrad-settings
            .store=${this.store}
            .onQuality=${(id: number) => this.playback?.choose_quality(id)}
            .onCaption=${(id: number) => this.playback?.choose_caption(id)}
            .onSpeed=${(speed: number) => this.playback?.choose_speed(speed)}
          ></estrad-settings>
          <media-pip-button></media-pip-button>
          <media-fullscreen-button></media-fullscreen-button>
        </media-control-bar>
      </media-controller>
    `;
  }
}
customElements.define('estrad-player', EstradPlayer);
