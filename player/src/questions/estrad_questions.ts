import './estrad_ask.js';
import './estrad_own_questions.js';
import './estrad_question_list.js';
import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../base/catalogue.js';
import { View } from '../base/view.js';
import { own, viewer } from '../viewer/context.js';
import type { ViewerState } from '../viewer/viewer_store.js';
import { shows_questions, takes_questions } from '../webcast.js';

/** Beside the picture: the question box, what became of one's own questions, and what all can read. */
export class EstradQuestions extends View<ViewerState> {
  protected override get store(): typeof viewer {
    return viewer;
  }

  protected override get others(): readonly (typeof own)[] {
    return [own];
  }

  protected override render(): TemplateResult | typeof nothing {
    const { state, moderation, questions, announcement } = this.state;
    const is_box_open = takes_questions(state) && moderation.mode !== 'off' && moderation.open !== false;
    const is_shown = is_box_open || (shows_questions(state) && (questions.length > 0 || own.state.questions.length > 0));
    this.hidden = !is_shown;
    document.getElementById('main')?.toggleAttribute('data-beside', is_shown);
    if (!is_shown) {
      return nothing;
    }
    return html`
      <h2>${t('questions.title')}</h2>
      ${announcement ? html`<p class="announcement" role="status">${announcement}</p>` : nothing}
      ${is_box_open ? html`<estrad-ask></estrad-ask>` : nothing}
      <estrad-own-questions></estrad-own-questions>
      <estrad-question-list></estrad-question-list>
    `;
  }
}
customElements.define('estrad-questions', EstradQuestions);
