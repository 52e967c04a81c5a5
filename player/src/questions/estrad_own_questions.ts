import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { catalogue, t } from '../base/catalogue.js';
import { View } from '../base/view.js';
import { data, own, viewer } from '../viewer/context.js';
import { follow_fates, withdraw } from './ask.js';
import type { OwnQuestion, OwnState } from './own_store.js';

/** What this viewer has asked and not everyone reads, and what became of it. */
export class EstradOwnQuestions extends View<OwnState> {
  private stop_following: (() => void) | null = null;

  protected override get store(): typeof own {
    return own;
  }

  protected override get others(): readonly (typeof viewer)[] {
    return [viewer];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.stop_following = follow_fates(own, viewer, data.event.slug);
  }

  override disconnectedCallback(): void {
    this.stop_following?.();
    super.disconnectedCallback();
  }

  protected override render(): TemplateResult | typeof nothing {
    const everyones = new Set(viewer.state.questions.map(({ id }) => id));
    const questions = this.state.questions.filter(({ id }) => !everyones.has(id));
    if (questions.length === 0) {
      return nothing;
    }
    return html`<section class="own" aria-labelledby="own-title">
      <h3 id="own-title">${t('questions.own')}</h3>
      <ul class="question-list">${repeat(questions, ({ id }) => id, (question) => this.item(question))}</ul>
    </section>`;
  }

  private item(question: OwnQuestion): TemplateResult {
    const { state, text, answer } = question;
    return html`<li class="question own-${state}">
      <p class="question-text">${text}</p>
      ${answer ? html`<p class="answer">${answer}</p>` : nothing}
      <p class="question-foot">
        <span class="fate" role="status">${catalogue.text_for('fate', state, 'fate.pending')}</span>
        ${state === 'removed' ? nothing : html`<button type="button" class="link" @click=${() => void withdraw(own, data.event.slug, question)}>${t('questions.withdraw')}</button>`}
      </p>
    </li>`;
  }
}
customElements.define('estrad-own-questions', EstradOwnQuestions);
