import { html, nothing, svg, type PropertyDeclarations, type TemplateResult } from 'lit';
import { catalogue, t } from '../base/catalogue.js';
import type { Store } from '../base/store.js';
import { View } from '../base/view.js';
import type { Choice, PlaybackState } from '../playback/playback.js';

const speeds = [0.75, 1, 1.25, 1.5, 2];
const speed_number = new Intl.NumberFormat(catalogue.language);

const gear = svg`<path d="M19.4 13a7.6 7.6 0 0 0 0-2l2-1.6a.5.5 0 0 0 .2-.6l-2-3.4a.5.5 0 0 0-.6-.2l-2.4 1a7.3 7.3 0 0 0-1.7-1l-.4-2.6a.5.5 0 0 0-.5-.4h-4a.5.5 0 0 0-.5.4l-.4 2.6a7.3 7.3 0 0 0-1.7 1l-2.4-1a.5.5 0 0 0-.6.2l-2 3.4a.5.5 0 0 0 .1.6L4.6 11a7.6 7.6 0 0 0 0 2l-2.1 1.6a.5.5 0 0 0-.1.6l2 3.4c.1.2.4.3.6.2l2.4-1c.5.4 1.1.8 1.7 1l.4 2.6c0 .2.2.4.5.4h4c.2 0 .5-.2.5-.4l.4-2.6a7.3 7.3 0 0 0 1.7-1l2.4 1c.2.1.5 0 .6-.2l2-3.4a.5.5 0 0 0-.1-.6L19.4 13ZM12 15.5a3.5 3.5 0 1 1 0-7 3.5 3.5 0 0 1 0 7Z"/>`;

/** Captions (where there are any), quality and speed. A native disclosure with native radio buttons. */
export class EstradSettings extends View<PlaybackState> {
  static override properties: PropertyDeclarations = {
    store: { attribute: false },
    onQuality: { attribute: false },
    onCaption: { attribute: false },
    onSpeed: { attribute: false },
  };
  declare store: Store<PlaybackState>;
  declare onQuality: (id: number) => void;
  declare onCaption: (id: number) => void;
  declare onSpeed: (speed: number) => void;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('pointerdown', this.close_outside);
    this.addEventListener('keydown', this.note_key);
  }

  override disconnectedCallback(): void {
    document.removeEventListener('pointerdown', this.close_outside);
    this.removeEventListener('keydown', this.note_key);
    super.disconnectedCallback();
  }

  private get details(): HTMLDetailsElement | null {
    return this.querySelector('details');
  }

  private close_outside = (event: PointerEvent): void => {
    if (this.details?.open && !event.composedPath().includes(this)) {
      this.details.open = false;
    }
  };

  /** The player's own keys must not see what is typed here. */
  private note_key = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === 'Escape' && this.details?.open) {
      this.details.open = false;
      this.querySelector('summary')?.focus();
    }
  };

  /** The bar stays while the panel is open. */
  private note_toggle = (): void => {
    this.closest('media-controller')?.setAttribute('autohide', this.details?.open ? '-1' : '2');
  };

  protected override render(): TemplateResult {
    const { captions, caption, qualities, quality, shown_quality, speed } = this.state;
    const shown = qualities.find(({ id }) => id === shown_quality)?.label;
    const auto = { id: -1, label: shown && quality < 0 ? t('player.quality_auto_now', { now: shown }) : t('player.quality_auto') };
    return html`<details class="settings" @toggle=${this.note_toggle}>
      <summary aria-label=${t('player.settings')} title=${t('player.settings')}>
        <svg viewBox="0 0 24 24" width="24" height="24" fill="currentColor" aria-hidden="true">${gear}</svg>
      </summary>
      <div class="settings-panel">
        ${captions.length > 0 ? group('captions', t('player.captions'), [{ id: -1, label: t('player.captions_off') }, ...captions], caption, this.onCaption) : nothing}
        ${qualities.length > 1 ? group('quality', t('player.quality'), [auto, ...qualities], quality, this.onQuality) : nothing}
        ${group('speed', t('player.speed'), speeds.map((id) => ({ id, label: `${speed_number.format(id)}×` })), speed, this.onSpeed)}
      </div>
    </details>`;
  }
}
customElements.define('estrad-settings', EstradSettings);

function group(name: string, legend: string, choices: readonly Choice[], chosen: number, choose: (id: number) => void): TemplateResult {
  return html`<fieldset>
    <legend>${legend}</legend>
    ${choices.map(({ id, label }) => html`<label>
      <input type="radio" name="player-${name}" .checked=${id === chosen} @change=${() => choose(id)}>
      <span>${label}</span>
    </label>`)}
  </fieldset>`;
}
