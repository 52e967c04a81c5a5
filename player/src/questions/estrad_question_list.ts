import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { catalogue, t } from '../base/catalogue.js';
import { View } from '../base/view.js';
import type { PublicQuestion } from '../log/log_types.js';
import { data, own, viewer } from '../viewer/context.js';
import type { ViewerState } from '../viewer/viewer_store.js';
import { takes_questions } from '../webcast.js';
import { withdraw } from './ask.js';
import type { OwnQuestion } from './own_store.js';

/** What everyone can read: the one being answered first, then the newest. */
export class EstradQuestionList extends View<ViewerState> {
  protected override get store(): typeof viewer {
    return viewer;
  }

  protected override get others(): readonly (typeof own)[] {
    return [own];
  }

  protected override render(): TemplateResult {
    const { questions, state } = this.state;
    const ordered = in_order(questions);
    return html`
      <h3 class=${questions.length === 0 && !takes_questions(state) ? 'visually-hidden' : ''}>${t('questions.public')}</h3>
      <p class="visually-hidden" role="status">${questions.length > 0 ? t(questions.length === 1 ? 'questions.count_one' : 'questions.count', { count: questions.length }) : nothing}</p>
      ${ordered.length === 0 ? html`<p class="empty">${t('questions.none')}</p>` : nothing}
      <ul class="question-list">${repeat(ordered, ({ id }) => id, item)}</ul>
    `;
  }
}
customElements.define('estrad-question-list', EstradQuestionList);

export function in_order(questions: readonly PublicQuestion[]): PublicQuestion[] {
  const now = questions.filter(({ state }) => state === 'answering');
  return [...now, ...questions.filter(({ state }) => state !== 'answering').reverse()];
}

function item({ id, state, text, name, answer }: PublicQuestion): TemplateResult {
  const mine = own.state.questions.find((question) => question.id === id);
  return html`<li class="question question-${state}">
    ${state === 'approved' ? nothing : html`<p class="question-state">${catalogue.text_for('question', state, 'question.answered')}</p>`}
    <p class="question-text">${text}</p>
    ${name ? html`<p class="question-name">${name}</p>` : nothing}
    ${answer ? html`<p class="answer">${answer}</p>` : nothing}
    ${mine ? foot_of(mine) : nothing}
  </li>`;
}

function foot_of(mine: OwnQuestion): TemplateResult {
  return html`<p class="question-foot">
    <span class="fate fate-shown">${t('questions.mine')}</span>
    <button type="button" class="link" @click=${() => void withdraw(own, data.event.slug, mine)}>${t('questions.withdraw')}</button>
  </p>`;
}
