import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { t } from '../base/catalogue.js';
import { View } from '../base/view.js';
import { data, own, viewer } from '../viewer/context.js';
import { ask } from './ask.js';
import type { OwnState } from './own_store.js';

const longest = 1000;

/** The question box, with the notice that Act (1998:112) section 3 asks for. */
export class EstradAsk extends View<OwnState> {
  protected override get store(): typeof own {
    return own;
  }

  protected override get others(): readonly (typeof viewer)[] {
    return [viewer];
  }

  private send = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const fields = new FormData(form);
    const text = String(fields.get('text') ?? '').trim();
    const box = form.elements.namedItem('text') as HTMLTextAreaElement;
    if (text === '') {
      own.update({ problem: t('questions.empty'), sending: 'idle' });
      box.focus();
      return;
    }
    if (await ask(own, data.event.slug, text, String(fields.get('name') ?? '').trim())) {
      box.value = '';
      box.focus();
    }
  };

  /** Ctrl+Enter sends, as in mail programmes. */
  private note_key = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      (event.target as HTMLTextAreaElement).form?.requestSubmit();
    }
  };

  private take_back = (): void => {
    const box = this.querySelector('textarea');
    if (box) {
      box.value = this.state.withdrawn_text ?? '';
      box.focus();
    }
    own.update({ withdrawn_text: null });
  };

  protected override render(): TemplateResult {
    const { sending, problem, withdrawn_text } = this.state;
    const is_open = viewer.state.moderation.mode === 'open';
    return html`<form class="ask" @submit=${this.send} novalidate>
      <label for="ask-text">${t('questions.label')}</label>
      <textarea id="ask-text" name="text" rows="3" maxlength=${longest} aria-describedby="ask-notice ask-result"
        aria-invalid=${problem ? 'true' : 'false'} @keydown=${this.note_key}></textarea>
      <div class="ask-row">
        <div class="ask-name">
          <label for="ask-name">${t('questions.name')}</label>
          <input id="ask-name" name="name" maxlength="80" autocomplete="name">
        </div>
        <button class="button" type="submit" ?disabled=${live(sending === 'sending')}>${t(sending === 'sending' ? 'questions.sending' : 'questions.send')}</button>
      </div>
      <p id="ask-result" class="ask-result" role="status">
        ${problem ? html`<span class="problem">${problem}</span>` : nothing}
        ${!problem && sending === 'sent' ? t(is_open ? 'questions.sent_open' : 'questions.sent_moderated') : nothing}
        ${withdrawn_text !== null ? html`${t('questions.withdrawn')} <button type="button" class="link" @click=${this.take_back}>${t('questions.take_back')}</button>` : nothing}
      </p>
      <p id="ask-notice" class="notice">${t(is_open ? 'questions.notice.open' : 'questions.notice.moderated', { provider: data.provider })}</p>
    </form>`;
  }
}
customElements.define('estrad-ask', EstradAsk);
