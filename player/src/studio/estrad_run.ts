import './estrad_event_form.js';
import './estrad_stages.js';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { catalogue, t } from '../base/catalogue.js';
import { short_date, time_span } from '../base/times.js';
import { command_button } from './command_button.js';
import { offer_in } from './commands.js';
import { lamp } from './lamp_light.js';
import { run_of } from './run_order.js';
import { studio } from './studio_store.js';
import { StudioView } from './studio_view.js';
import type { StaffEvent } from './types.js';

/** Today's run of events with one big button each, then what comes later and what has been. */
export class EstradRun extends StudioView {
  protected override render(): TemplateResult {
    const { events, stages, form, now_ms } = this.state;
    const run = run_of(events, new Date(now_ms));
    return html`
      <section aria-label=${t('studio.run')}>
        ${events.length === 0 ? html`<p class="empty">${t('studio.no_events')}</p>` : nothing}
        ${events.length > 0 && run.today.length === 0 ? html`<p class="empty">${t('studio.no_today')}</p>` : nothing}
        <ul class="run">${repeat(run.today, ({ slug }) => slug, (event) => this.entry(event, true))}</ul>
        ${form === 'event'
          ? html`<estrad-event-form></estrad-event-form>`
          : stages.length > 0 ? html`<button type="button" class="button button-quiet" @click=${() => studio.update({ form: 'event' })}>${t('studio.new_event')}</button>` : nothing}
      </section>
      ${this.rest(t('studio.later'), run.later)}
      ${this.rest(t('studio.earlier'), run.earlier)}
      <estrad-stages></estrad-stages>
    `;
  }

  private rest(title: string, events: readonly StaffEvent[]): TemplateResult | typeof nothing {
    return events.length === 0 ? nothing : html`<section>
      <h2>${title}</h2>
      <ul class="run">${repeat(events, ({ slug }) => slug, (event) => this.entry(event, false))}</ul>
    </section>`;
  }

  private entry(event: StaffEvent, is_today: boolean): TemplateResult {
    const signal = this.state.signals[event.stage];
    const stage = this.state.stages.find(({ id }) => id === event.stage);
    const { main } = offer_in(event.state);
    const link = html`<a href="#event/${event.slug}">${event.title}</a>`;
    return html`<li class="run-entry run-${event.state}">
      <p class="run-time">${this.time(event, is_today)}</p>
      <div class="run-what">
        ${is_today ? html`<h2>${link}</h2>` : html`<h3>${link}</h3>`}
        <p class="quiet">${stage ? html`<span>${stage.name || stage.id}</span>${is_today && uses_signal(event) ? lamp(signal) : nothing}` : nothing}</p>
      </div>
      <span class="badge badge-${event.state}">${catalogue.text_for('state', event.state, 'state.planned')}</span>
      ${is_today && main ? command_button(event, main, true) : nothing}
    </li>`;
  }

  private time(event: StaffEvent, is_today: boolean): string {
    const at = event.starts_at ?? event.started_at;
    if (!at) {
      return '–';
    }
    return is_today
      ? time_span(new Date(at), event.ends_at ? new Date(event.ends_at) : null, event.timezone, catalogue.language)
      : short_date(new Date(at), event.timezone, catalogue.language);
  }
}
customElements.define('estrad-run', EstradRun);

function uses_signal({ state }: StaffEvent): boolean {
  return state === 'planned' || state === 'lobby' || state === 'live' || state === 'paused';
}
