import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../base/catalogue.js';
import { Store } from '../base/store.js';
import { countdown } from '../base/times.js';
import { View } from '../base/view.js';
import { viewer } from './context.js';

const clock = new Store({ now_ms: Date.now() });

/** Days, hours, minutes and seconds until the event begins. Not announced: it would never stop talking. */
export class EstradCountdown extends View<{ now_ms: number }> {
  private timer: ReturnType<typeof setInterval> | undefined;

  protected override get store(): typeof clock {
    return clock;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    clock.update({ now_ms: Date.now() });
    this.timer = setInterval(() => clock.update({ now_ms: Date.now() }), 1000);
  }

  override disconnectedCallback(): void {
    clearInterval(this.timer);
    super.disconnectedCallback();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { starts_at } = viewer.state;
    if (!starts_at) {
      return nothing;
    }
    const left = countdown(new Date(starts_at), new Date(this.state.now_ms));
    if (left.days + left.hours + left.minutes + left.seconds === 0) {
      return html`<p class="stage-note">${t('stage.any_moment')}</p>`;
    }
    const cells: [number, string][] = [
      [left.hours, t('countdown.hours')],
      [left.minutes, t('countdown.minutes')],
      ...(left.days > 0 ? [] : [[left.seconds, t('countdown.seconds')] as [number, string]]),
    ];
    const all: [number, string][] = left.days > 0 ? [[left.days, t('countdown.days')], ...cells] : cells;
    return html`<div class="countdown" role="timer" aria-live="off">
      ${all.map(([value, unit]) => html`<span class="countdown-cell"><b>${String(value).padStart(2, '0')}</b><small>${unit}</small></span>`)}
    </div>`;
  }
}
customElements.define('estrad-countdown', EstradCountdown);
