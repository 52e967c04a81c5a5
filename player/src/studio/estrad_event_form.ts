import { html, type TemplateResult } from 'lit';
import { catalogue, t } from '../base/catalogue.js';
import { viewer_zone } from '../base/times.js';
import { create_event } from './actions.js';
import { slug_from } from './slug.js';
import { studio } from './studio_store.js';
import { StudioView } from './studio_view.js';

/** A new webcast: only what it cannot be without; the rest has good defaults. */
export class EstradEventForm extends StudioView {
  private send = (event: SubmitEvent): void => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget as HTMLFormElement);
    const text = (name: string): string => String(fields.get(name) ?? '').trim();
    const time = (name: string): string | null => (text(name) ? new Date(text(name)).toISOString() : null);
    void create_event({
      title: text('title'),
      slug: text('slug'),
      stage: text('stage'),
      starts_at: time('starts'),
      ends_at: time('ends'),
      timezone: viewer_zone(),
      language: text('language'),
      speakers: text('speakers').split(',').map((name) => name.trim()).filter((name) => name !== ''),
      description: text('description'),
      questions: text('questions'),
      publish: text('publish'),
    });
  };

  /** The link follows the title until somebody writes one. */
  private suggest = (event: InputEvent): void => {
    const slug = this.querySelector<HTMLInputElement>('#new-slug');
    if (slug && slug.dataset['own'] === undefined) {
      slug.value = slug_from((event.target as HTMLInputElement).value);
    }
  };

  private keep_own = (event: InputEvent): void => {
    (event.target as HTMLInputElement).dataset['own'] = '';
  };

  protected override render(): TemplateResult {
    return html`<form class="panel form" @submit=${this.send}>
      <h2>${t('studio.new_event')}</h2>
      <div class="form-grid">
        <div class="field wide"><label for="new-title">${t('studio.field_title')}</label><input id="new-title" name="title" required maxlength="200" @input=${this.suggest}></div>
        <div class="field wide"><label for="new-slug">${t('studio.field_slug')}</label>
          <input id="new-slug" name="slug" required pattern="[a-z0-9\\-]{1,80}" aria-describedby="new-slug-help" autocapitalize="none" spellcheck="false" @input=${this.keep_own}>
          <small id="new-slug-help">${t('studio.field_slug_help')}</small></div>
        <div class="field"><label for="new-starts">${t('studio.field_starts')}</label><input id="new-starts" name="starts" type="datetime-local"></div>
        <div class="field"><label for="new-ends">${t('studio.field_ends')}</label><input id="new-ends" name="ends" type="datetime-local"></div>
        <div class="field"><label for="new-stage">${t('studio.field_stage')}</label><select id="new-stage" name="stage">
          ${this.state.stages.map(({ id, name }) => html`<option value=${id}>${name || id}</option>`)}</select></div>
        <div class="field"><label for="new-language">${t('studio.field_language')}</label><select id="new-language" name="language">
          <option value="sv" ?selected=${catalogue.language === 'sv'}>Svenska</option><option value="en" ?selected=${catalogue.language === 'en'}>English</option></select></div>
        <div class="field"><label for="new-questions">${t('studio.field_questions')}</label><select id="new-questions" name="questions">
          <option value="moderated">${t('studio.mode.moderated')}</option><option value="open">${t('studio.mode.open')}</option><option value="off">${t('studio.mode.off')}</option></select></div>
        <div class="field"><label for="new-publish">${t('studio.field_publish')}</label><select id="new-publish" name="publish">
          <option value="review">${t('studio.publish_review')}</option><option value="auto">${t('studio.publish_auto')}</option></select></div>
        <div class="field wide"><label for="new-speakers">${t('studio.field_speakers')}</label><input id="new-speakers" name="speakers"></div>
        <div class="field wide"><label for="new-description">${t('studio.field_description')}</label><textarea id="new-description" name="description" rows="4"></textarea></div>
      </div>
      <p class="form-foot"><button class="button" type="submit">${t('studio.create')}</button>
        <button class="button button-quiet" type="button" @click=${() => studio.update({ form: null })}>${t('studio.close')}</button></p>
    </form>`;
  }
}
customElements.define('estrad-event-form', EstradEventForm);
