import { html, type TemplateResult } from 'lit';
import { t } from '../base/catalogue.js';
import { key_help } from './player_keys.js';

/** What the keyboard does in the player. A modal dialog of the browser's: it takes the focus, and gives it back. */
export function keys_dialog(): TemplateResult {
  return html`<dialog class="keys" aria-labelledby="keys-title">
    <form method="dialog">
      <header><h2 id="keys-title">${t('player.keys')}</h2>
        <button class="keys-close" aria-label=${t('keys.close')}>×</button></header>
      <p class="quiet">${t('keys.where')}</p>
      <dl>${key_help.map(({ keys, text }) => html`<div><dt>${keys.map((key) => html`<kbd>${key}</kbd> `)}</dt><dd>${t(text)}</dd></div>`)}</dl>
    </form>
  </dialog>`;
}
