import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { catalogue, t } from '../base/catalogue.js';
import { clock_time, viewer_zone } from '../base/times.js';
import type { QuestionState } from '../questions/own_store.js';
import { change_question } from './actions.js';
import { type QueueAction, action_of_key, actions_in, moves } from './queue_keys.js';
import { studio } from './studio_store.js';
import { StudioView } from './studio_view.js';
import type { StaffQuestion } from './types.js';

const reasons = [
  'unlawful_threat', 'incitement', 'agitation', 'privacy', 'violence',
  'child_abuse', 'terrorism', 'copyright', 'personal_data', 'other',
] as const;

const places: Partial<Record<QuestionState, Parameters<typeof t>[0]>> = {
  pending: 'studio.inbox', approved: 'studio.approved', answering: 'studio.answering',
  answered: 'studio.answered', dismissed: 'studio.dismissed',
};

/** One question in the queue. With the focus on it, one key does each action. */
export class EstradQueueItem extends StudioView {
  static override properties: PropertyDeclarations = { question: { attribute: false } };
  declare question: StaffQuestion;

  private do(action: QueueAction): void {
    if (action === 'remove') {
      studio.update({ writing: { id: this.question.id, what: 'reason' } });
      return;
    }
    this.focus_neighbour();
    const state = moves[action];
    const place = places[state];
    void change_question(this.question, { state }, t('studio.q.done', { place: place ? t(place) : state }));
  }

  /** The question leaves this list; the focus must not be lost with it. */
  private focus_neighbour(): void {
    if (!this.contains(document.activeElement)) {
      return;
    }
    const neighbour = this.nextElementSibling ?? this.previousElementSibling;
    neighbour?.querySelector<HTMLElement>('.queue-item')?.focus();
  }

  private note_key = (event: KeyboardEvent): void => {
    const is_on_item = (event.target as HTMLElement).classList.contains('queue-item');
    const action = is_on_item && !event.ctrlKey && !event.metaKey && !event.altKey ? action_of_key(event.key, this.question.state) : null;
    if (action) {
      event.preventDefault();
      this.do(action);
    }
  };

  private save_answer = (event: SubmitEvent): void => {
    event.preventDefault();
    const answer = String(new FormData(event.currentTarget as HTMLFormElement).get('answer')).trim();
    void change_question(this.question, { state: 'answered', answer }, t('studio.q.done', { place: t('studio.answered') }));
  };

  private remove_for = (event: SubmitEvent): void => {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget as HTMLFormElement).get('reason'));
    this.focus_neighbour();
    void change_question(this.question, { state: 'removed', reason }, t('studio.q.removed'));
  };

  protected override render(): TemplateResult {
    const { id, text, name, answer, asked_at, state } = this.question;
    const writing = this.state.writing?.id === id ? this.state.writing.what : null;
    const time = asked_at ? clock_time(new Date(asked_at), viewer_zone(), catalogue.language) : '';
    return html`<div class="queue-item" role="listitem" tabindex="0" @keydown=${this.note_key}>
      <p class="queue-who"><b>${name || t('studio.q.anonymous')}</b> <time>${time}</time></p>
      <p class="question-text">${text}</p>
      ${answer ? html`<p class="answer">${answer}</p>` : nothing}
      ${writing === null ? html`<div class="queue-actions">
        ${actions_in(state).map((action, index) => html`<button type="button" class="small ${index === 0 ? 'small-first' : ''} q-${action}" @click=${() => this.do(action)}>${t(`studio.q.${action}`)}</button>`)}
        ${state === 'dismissed' ? nothing : html`<button type="button" class="small" @click=${() => studio.update({ writing: { id, what: 'answer' } })}>${t('studio.q.write')}</button>`}
      </div>` : nothing}
      ${writing === 'answer' ? this.answer_form(answer ?? '') : nothing}
      ${writing === 'reason' ? this.reason_form() : nothing}
    </div>`;
  }

  private answer_form(answer: string): TemplateResult {
    return html`<form class="queue-form" @submit=${this.save_answer}>
      <label for="answer-text">${t('studio.q.answer_label')}</label>
      <textarea id="answer-text" name="answer" rows="3" required .value=${answer}></textarea>
      ${this.form_foot(t('studio.q.send_answer'))}
    </form>`;
  }

  private reason_form(): TemplateResult {
    return html`<form class="queue-form" @submit=${this.remove_for}>
      <label for="reason">${t('studio.q.reason_label')}</label>
      <select id="reason" name="reason" required>${reasons.map((reason) => html`<option value=${reason}>${t(`reason.${reason}`)}</option>`)}</select>
      ${this.form_foot(t('studio.q.remove'))}
    </form>`;
  }

  private form_foot(save: string): TemplateResult {
    return html`<div class="queue-actions"><button type="submit" class="small small-first">${save}</button>
      <button type="button" class="small" @click=${() => studio.update({ writing: null })}>${t('studio.close')}</button></div>`;
  }

  override updated(): void {
    const form = this.querySelector<HTMLElement>('.queue-form textarea, .queue-form select');
    if (form && !this.contains(document.activeElement?.closest('.queue-form') ?? null)) {
      form.focus();
    }
  }
}
customElements.define('estrad-queue-item', EstradQueueItem);
