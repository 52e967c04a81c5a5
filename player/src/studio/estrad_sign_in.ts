import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../base/catalogue.js';
import { sign_in } from './actions.js';
import { StudioView } from './studio_view.js';

export class EstradSignIn extends StudioView {
  private send = (event: SubmitEvent): void => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget as HTMLFormElement);
    void sign_in(String(fields.get('email')).trim(), String(fields.get('password')));
  };

  protected override render(): TemplateResult {
    const { problem } = this.state;
    return html`<form class="sign-in panel" @submit=${this.send}>
      <h1>${t('studio.title')}</h1>
      <p class="quiet">${t('studio.sign_in_text')}</p>
      <label for="email">${t('studio.email')}</label>
      <input id="email" name="email" type="email" autocomplete="username" required>
      <label for="password">${t('studio.password')}</label>
      <input id="password" name="password" type="password" autocomplete="current-password" required>
      <p role="alert" class="ask-result">${problem ? html`<span class="problem">${problem}</span>` : nothing}</p>
      <button class="button" type="submit">${t('studio.sign_in')}</button>
    </form>`;
  }
}
customElements.define('estrad-sign-in', EstradSignIn);
