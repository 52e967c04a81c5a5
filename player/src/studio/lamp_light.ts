import { html, type TemplateResult } from 'lit';
import { t } from '../base/catalogue.js';
import { lamp_of } from './lamp.js';
import type { Signal } from './types.js';

/** The signal lamp: its colour, and the same in words. */
export function lamp(signal: Signal | undefined): TemplateResult {
  const colour = lamp_of(signal);
  return html`<span class="lamp lamp-${colour}"><span class="lamp-light" aria-hidden="true"></span>${t(`studio.signal_${colour}`)}</span>`;
}
