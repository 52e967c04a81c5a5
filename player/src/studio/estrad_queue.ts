import './estrad_queue_item.js';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { t } from '../base/catalogue.js';
import { set_mode } from './actions.js';
import { type QueueTab, selected_event, studio } from './studio_store.js';
import { StudioView } from './studio_view.js';
import type { QuestionMode } from './types.js';

const tabs: readonly [QueueTab, Parameters<typeof t>[0]][] = [
  ['pending', 'studio.inbox'],
  ['approved', 'studio.approved'],
  ['answering', 'studio.answering'],
  ['answered', 'studio.answered'],
  ['dismissed', 'studio.dismissed'],
];
const modes: readonly QuestionMode[] = ['moderated', 'open', 'off'];

/** The question queue: inbox → approved → being answered → answered. */
export class EstradQueue extends StudioView {
  /** Up and down go from question to question. */
  private move = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const items = [...this.querySelectorAll<HTMLElement>('.queue-item')];
    const at = items.indexOf(document.activeElement as HTMLElement);
    if (step !== 0 && at >= 0) {
      event.preventDefault();
      items[at + step]?.focus();
    }
  };

  protected override render(): TemplateResult {
    const { questions, queue_tab } = this.state;
    const shown = questions.filter(({ state }) => state === queue_tab);
    const ordered = queue_tab === 'pending' ? shown : [...shown].reverse();
    return html`<section class="queue" aria-label=${t('studio.questions')}>
      <div class="queue-head"><h2>${t('studio.questions')}</h2>${this.mode()}</div>
      <div class="tabs" role="group" aria-label=${t('studio.questions')}>
        ${tabs.map(([tab, key]) => this.tab(tab, t(key)))}
      </div>
      <p class="quiet queue-keys">${t('studio.queue_keys')}</p>
      ${ordered.length === 0 ? html`<p class="empty">${t('studio.queue_empty')}</p>` : nothing}
      <div class="queue-list" role="list" @keydown=${this.move}>
        ${repeat(ordered, ({ id }) => id, (question) => html`<estrad-queue-item .question=${question}></estrad-queue-item>`)}
      </div>
    </section>`;
  }

  private tab(tab: QueueTab, label: string): TemplateResult {
    const { questions, queue_tab } = this.state;
    const count = questions.filter(({ state }) => state === tab).length;
    return html`<button type="button" class="tab" aria-pressed=${tab === queue_tab ? 'true' : 'false'}
      @click=${() => studio.update({ queue_tab: tab, writing: null })}>${label}${count > 0 ? html` <span class="count">${count}</span>` : nothing}</button>`;
  }

  private mode(): TemplateResult {
    const now = selected_event()?.questions ?? 'moderated';
    const choose = (event: Event): void => void set_mode((event.target as HTMLSelectElement).value as QuestionMode);
    return html`<label class="mode">${t('studio.mode')}
      <select @change=${choose}>${modes.map((mode) => html`<option value=${mode} ?selected=${mode === now}>${t(`studio.mode.${mode}`)}</option>`)}</select></label>`;
  }
}
customElements.define('estrad-queue', EstradQueue);
