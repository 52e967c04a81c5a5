import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../base/catalogue.js';
import { sign_out } from './actions.js';
import { selected_event, studio } from './studio_store.js';
import { StudioView } from './studio_view.js';

/** The studio: sign-in, the run of events, or one event's control room. */
export class EstradStudio extends StudioView {
  protected override render(): TemplateResult {
    const { session, problem, is_loaded } = this.state;
    if (!session) {
      return html`<estrad-sign-in></estrad-sign-in>`;
    }
    const event = selected_event();
    return html`
      <div class="studio-head">
        ${event ? html`<a class="back" href="#">← ${t('studio.back')}</a>` : html`<h1>${t('studio.run')}</h1>`}
        <p class="studio-who">${session.email} <button type="button" class="link" @click=${() => void sign_out()}>${t('studio.sign_out')}</button></p>
      </div>
      <div role="alert">${problem ? html`<p class="problem-bar">${problem} <button type="button" class="link" @click=${() => studio.update({ problem: null })}>${t('studio.close')}</button></p>` : nothing}</div>
      ${event ? html`<estrad-control-room></estrad-control-room>` : nothing}
      ${!event && is_loaded ? html`<estrad-run></estrad-run>` : nothing}
      <estrad-toast></estrad-toast>
    `;
  }
}
customElements.define('estrad-studio', EstradStudio);
