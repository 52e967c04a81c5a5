import { html, nothing, type TemplateResult } from 'lit';
import { catalogue, t } from '../base/catalogue.js';
import { View } from '../base/view.js';
import { playback, viewer } from './context.js';
import type { ViewerState } from './viewer_store.js';

/** The badge of the event's state, how many watch, and whether the server answers. */
export class EstradStatus extends View<ViewerState> {
  protected override get store(): typeof viewer {
    return viewer;
  }

  protected override get others(): readonly (typeof playback)[] {
    return [playback];
  }

  protected override render(): TemplateResult {
    const { state, viewers, is_connected } = this.state;
    const is_on = state === 'live' || state === 'paused';
    return html`
      <span class="badge badge-${state}">${catalogue.text_for('state', state, 'state.planned')}</span>
      ${is_on && viewers ? html`<span class="status-note">${t(viewers === 1 ? 'viewer.watching_one' : 'viewer.watching', { count: viewers })}</span>` : nothing}
      <estrad-latency></estrad-latency>
      <span role="status" class="status-note">${is_connected && playback.state.status !== 'lost' ? nothing : t('viewer.reconnecting')}</span>
    `;
  }
}
customElements.define('estrad-status', EstradStatus);
