import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { catalogue, t } from '../base/catalogue.js';
import { start_position } from '../base/times.js';
import { View } from '../base/view.js';
import { data, playback, viewer } from './context.js';
import type { ViewerState } from './viewer_store.js';

/** The 16:9 place at the top of the page: the player, or a sentence that says where the event stands. */
export class EstradStage extends View<ViewerState> {
  protected override get store(): typeof viewer {
    return viewer;
  }

  protected override render(): TemplateResult {
    const { picture, broadcast } = this.state;
    return picture === 'none' ? this.card() : html`${keyed(broadcast, this.player(picture))}${this.notice()}`;
  }

  private player(mode: 'live' | 'recorded'): TemplateResult {
    const start_at_s = start_position(new URLSearchParams(location.search).get('t'));
    return html`<estrad-player
      .store=${playback}
      .mode=${mode}
      .startAt=${start_at_s}
      .address=${`/w/${data.event.slug}/index.m3u8`}
      .label=${data.event.title}
      .demo=${data.demo}
    ></estrad-player>`;
  }

  private notice(): TemplateResult | typeof nothing {
    return this.state.state === 'paused' ? html`<p class="stage-banner" role="status">${t('stage.paused')}</p>` : nothing;
  }

  private card(): TemplateResult {
    const { state, message, starts_at } = this.state;
    const counts_down = starts_at !== null && (state === 'planned' || state === 'lobby');
    const line = state === 'planned' && counts_down ? t('stage.begins_in') : catalogue.text_for('stage', state, 'stage.planned');
    return html`<div class="stage-card stage-${state}">
      <p class="stage-line" role="status">${line}</p>
      ${state === 'cancelled' && message ? html`<p class="stage-note">${message}</p>` : nothing}
      ${counts_down ? html`<estrad-countdown></estrad-countdown>` : nothing}
      ${state === 'planned' ? html`<p class="stage-note">${t('stage.by_itself')}</p>` : nothing}
    </div>`;
  }
}
customElements.define('estrad-stage', EstradStage);
