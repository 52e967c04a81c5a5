import { html, nothing, type TemplateResult } from 'lit';
import { catalogue, t } from '../base/catalogue.js';
import { View } from '../base/view.js';
import { data } from './context.js';
import { glass } from './glass.js';
import type { GlassState } from './glass.js';

const tenths = new Intl.NumberFormat(catalogue.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

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
    return html`<span class="status-note latency">${t('viewer.latency', { seconds: tenths.format(glass_s) })}</span>`;
  }
}
customElements.define('estrad-latency', EstradLatency);
