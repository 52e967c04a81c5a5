import { html, nothing, type TemplateResult } from 'lit';
import { catalogue, t } from '../base/catalogue.js';
import { clock_time, media_time, viewer_zone } from '../base/times.js';
import { command_button } from './command_button.js';
import { offer_in } from './commands.js';
import { selected_event } from './studio_store.js';
import { StudioView } from './studio_view.js';
import type { StaffEvent } from './types.js';

/** The state, the clock, and the buttons: readable from two metres. */
export class EstradStatePanel extends StudioView {
  protected override render(): TemplateResult | typeof nothing {
    const event = selected_event();
    if (!event) {
      return nothing;
    }
    const { main, others } = offer_in(event.state);
    const is_unfed = main === 'start' && !this.state.signals[event.stage]?.connected;
    return html`<section class="state-panel state-${event.state}" aria-label=${t('studio.clock')}>
      <p class="state-name" role="status">${catalogue.text_for('state', event.state, 'state.planned')}</p>
      ${this.clock(event)}
      ${main ? command_button(event, main, true) : nothing}
      ${is_unfed ? html`<p class="quiet">${t('studio.no_signal_start')}</p>` : nothing}
      <div class="state-others">${others.map((name) => command_button(event, name, false))}</div>
      <dl class="state-facts">
        <div><dt>${t('studio.clock')}</dt><dd>${clock_time(new Date(this.state.now_ms), viewer_zone(), catalogue.language)}</dd></div>
        <div><dt>${t('studio.watching')}</dt><dd>${this.state.viewers ?? '–'}</dd></div>
      </dl>
    </section>`;
  }

  private clock({ state, started_at, starts_at }: StaffEvent): TemplateResult | typeof nothing {
    const { now_ms } = this.state;
    if ((state === 'live' || state === 'paused') && started_at) {
      return clock(t('studio.on_air_for'), now_ms - Date.parse(started_at));
    }
    if ((state === 'planned' || state === 'lobby') && starts_at) {
      const left_ms = Date.parse(starts_at) - now_ms;
      return clock(t(left_ms >= 0 ? 'studio.starts_in' : 'studio.late_by'), Math.abs(left_ms));
    }
    return nothing;
  }
}
customElements.define('estrad-state-panel', EstradStatePanel);

function clock(label: string, ms: number): TemplateResult {
  const hours = Math.floor(ms / 3_600_000);
  const time = hours < 24 ? media_time(ms / 1000) : `${Math.floor(hours / 24)} d ${hours % 24} h`;
  return html`<p class="clock"><span class="clock-label">${label}</span><span class="clock-time" role="timer" aria-live="off">${time}</span></p>`;
}
