import './estrad_addresses.js';
import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../base/catalogue.js';
import { create_stage } from './actions.js';
import { lamp } from './lamp_light.js';
import { slug_from } from './slug.js';
import { studio } from './studio_store.js';
import { StudioView } from './studio_view.js';

/** The stages with their addresses, and the form for a new one. */
export class EstradStages extends StudioView {
  private send = (event: SubmitEvent): void => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget as HTMLFormElement).get('name')).trim();
    void create_stage(slug_from(name, 40), name);
  };

  protected override render(): TemplateResult {
    const { stages, form, signals } = this.state;
    return html`<section class="stages">
      <h2>${t('studio.stages')}</h2>
      <p class="quiet">${t('studio.stages_text')}</p>
      ${stages.map((stage) => html`<details class="panel stage-entry">
        <summary><span class="stage-name">${stage.name || stage.id}</span> ${lamp(signals[stage.id])}</summary>
        <estrad-addresses .stage=${stage.id}></estrad-addresses>
      </details>`)}
      ${form === 'stage' ? html`<form class="panel form" @submit=${this.send}>
          <div class="field"><label for="stage-name">${t('studio.stage_name')}</label><input id="stage-name" name="name" required maxlength="80"></div>
          <p class="form-foot"><button class="button" type="submit">${t('studio.create')}</button>
            <button class="button button-quiet" type="button" @click=${() => studio.update({ form: null })}>${t('studio.close')}</button></p>
        </form>` : nothing}
      ${form === null ? html`<button type="button" class="button button-quiet" @click=${() => studio.update({ form: 'stage' })}>${t('studio.new_stage')}</button>` : nothing}
    </section>`;
  }
}
customElements.define('estrad-stages', EstradStages);
