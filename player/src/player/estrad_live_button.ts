import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { t } from '../base/catalogue.js';
import type { Store } from '../base/store.js';
import { View } from '../base/view.js';
import type { PlaybackState } from '../playback/playback.js';
import { keep_press } from './button_keys.js';

/** "Live" at the edge; a way back to it for who has rewound. */
export class EstradLiveButton extends View<PlaybackState> {
  static override properties: PropertyDeclarations = { store: { attribute: false }, onBack: { attribute: false } };
  declare store: Store<PlaybackState>;
  declare onBack: () => void;

  protected override render(): TemplateResult {
    const { is_behind } = this.state;
    return html`<button type="button" class="live-button ${is_behind ? 'is-behind' : ''}" @keydown=${keep_press} @click=${() => this.onBack()}>
      <span class="live-dot" aria-hidden="true"></span>${is_behind ? t('player.back_to_live') : t('player.live')}
    </button>`;
  }
}
customElements.define('estrad-live-button', EstradLiveButton);
