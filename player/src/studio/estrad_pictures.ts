import './estrad_addresses.js';
import '../player/estrad_player.js';
import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { catalogue, t } from '../base/catalogue.js';
import { data, preview, selected_event } from './studio_store.js';
import { row } from './estrad_addresses.js';
import { lamp } from './lamp_light.js';
import { signal_facts } from './lamp.js';
import { StudioView } from './studio_view.js';
import type { Signal, StaffEvent } from './types.js';

/** What the stage receives: its picture, its lamp, what is known of the signal, and where to send. */
export class EstradPictures extends StudioView {
  protected override render(): TemplateResult | typeof nothing {
    const event = selected_event();
    if (!event) {
      return nothing;
    }
    const signal = this.state.signals[event.stage];
    return html`<section class="pictures" aria-label=${t('studio.preview')}>
      <h2>${t('studio.preview')}</h2>
      <div class="preview">${signal?.connected ? keyed(signal.since, this.player(event)) : html`<p class="preview-none">${t('studio.no_preview')}</p>`}</div>
      <div class="signal" role="status">${lamp(signal)}${(signal?.warnings ?? []).map((warning) => html`<p class="warning">${warning}</p>`)}</div>
      ${signal?.connected ? this.facts(signal) : nothing}
      <details class="room-addresses" ?open=${!signal?.connected}>
        <summary>${t('studio.addresses')}</summary>
        <estrad-addresses .stage=${event.stage}></estrad-addresses>
        <dl class="addresses">${row(t('studio.link'), `${data.public_url || location.origin}/w/${event.slug}`, `/w/${event.slug}`)}</dl>
      </details>
    </section>`;
  }

  private player({ stage, title }: StaffEvent): TemplateResult {
    return html`<estrad-player .store=${preview} .mode=${'live'} .startAt=${null} .quiet=${true} .demo=${false}
      .label=${title} .address=${`/api/v1/stages/${stage}/preview/index.m3u8`}></estrad-player>`;
  }

  private facts(signal: Signal): TemplateResult {
    return html`<ul class="facts">${signal_facts(signal, catalogue.language).map((fact) => html`<li>${fact}</li>`)}</ul>`;
  }
}
customElements.define('estrad-pictures', EstradPictures);
