import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { catalogue, t } from '../base/catalogue.js';
import type { Store } from '../base/store.js';
import { View } from '../base/view.js';
import type { PlaybackState } from '../playback/playback.js';
import { keep_press } from './button_keys.js';
import { statistics_rows } from './statistics_rows.js';

/** The player's numbers, over the picture. Not announced: they never stop changing. */
export class EstradStatistics extends View<PlaybackState> {
  static override properties: PropertyDeclarations = { store: { attribute: false }, onSample: { attribute: false }, onClose: { attribute: false } };
  declare store: Store<PlaybackState>;
  declare onSample: () => void;
  declare onClose: () => void;
  private timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.timer = setInterval(() => this.onSample(), 1000);
  }

  override disconnectedCallback(): void {
    clearInterval(this.timer);
    super.disconnectedCallback();
  }

  protected override render(): TemplateResult | typeof nothing {
    const rows = statistics_rows(this.state, catalogue);
    return rows.length === 0 ? nothing : html`<section class="statistics" aria-label=${t('player.statistics')}>
      <dl>${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
      <button type="button" class="statistics-close" @keydown=${keep_press} aria-label=${t('statistics.close')} @click=${() => this.onClose()}>×</button>
    </section>`;
  }
}
customElements.define('estrad-statistics', EstradStatistics);
