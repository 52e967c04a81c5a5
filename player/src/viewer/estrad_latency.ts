import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../base/catalogue.js';
import { View } from '../base/view.js';
import { data } from './context.js';
import { glass } from './glass.js';
import type { GlassState } from './glass.js';

/** On the demo: how far behind the wall clock in the picture this screen is. */
export class EstradLatency extends View<GlassState> {
  protected override get store(): typeof glass {
    return glass;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { glass_s } = this.state;
    if (!data.demo || glass_s === null) {
      return nothing;
    }
    return html`<span class="status-note latency">${t('viewer.latency', { seconds: glass_s.toFixed(1) })}</span>`;
  }
}
customElements.define('estrad-latency', EstradLatency);
