import './estrad_pictures.js';
import './estrad_state_panel.js';
import './estrad_queue.js';
import { html, nothing, type TemplateResult } from 'lit';
import { catalogue, t } from '../base/catalogue.js';
import { selected_event } from './studio_store.js';
import { StudioView } from './studio_view.js';

/** One event on one screen: pictures, state, questions. */
export class EstradControlRoom extends StudioView {
  protected override render(): TemplateResult | typeof nothing {
    const event = selected_event();
    if (!event) {
      return nothing;
    }
    return html`
      <header class="room-head">
        <h1>${event.title}</h1>
        <span class="badge badge-${event.state}">${catalogue.text_for('state', event.state, 'state.planned')}</span>
        <a class="room-link" href="/w/${event.slug}" target="_blank">${t('studio.viewer_page')}</a>
      </header>
      <div class="room">
        <estrad-pictures></estrad-pictures>
        <estrad-state-panel></estrad-state-panel>
        <estrad-queue></estrad-queue>
      </div>`;
  }
}
customElements.define('estrad-control-room', EstradControlRoom);
