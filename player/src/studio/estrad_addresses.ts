import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { t } from '../base/catalogue.js';
import { studio } from './studio_store.js';
import { StudioView } from './studio_view.js';

/** Where a presenter sends to: addresses and keys, each to copy. Keys are hidden until asked for. */
export class EstradAddresses extends StudioView {
  static override properties: PropertyDeclarations = { stage: { attribute: false } };
  declare stage: string;

  protected override render(): TemplateResult | typeof nothing {
    const stage = this.state.stages.find(({ id }) => id === this.stage);
    if (!stage) {
      return nothing;
    }
    const { shown_keys } = this.state;
    const hidden = '••••••••••••';
    return html`<dl class="addresses">
        ${row(t('studio.rtmp_server'), stage.rtmp_url, stage.rtmp_url)}
        ${row(t('studio.stream_key'), stage.key, shown_keys ? stage.key : hidden)}
        ${row(t('studio.backup_key'), stage.backup_key, shown_keys ? stage.backup_key : hidden)}
      </dl>
      <button type="button" class="link" aria-pressed=${shown_keys ? 'true' : 'false'} @click=${() => studio.update({ shown_keys: !shown_keys })}>
        ${t(shown_keys ? 'studio.hide' : 'studio.show')}</button>`;
  }
}
customElements.define('estrad-addresses', EstradAddresses);

export function row(label: string, value: string, shown: string): TemplateResult {
  const copy = async (): Promise<void> => {
    await copy_text(value);
    studio.update({ toast: { text: `${label}: ${t('studio.copied')}`, undo: null } });
  };
  return html`<div class="address"><dt>${label}</dt><dd><code>${shown}</code>
    <button type="button" class="link" aria-label=${`${t('studio.copy')}: ${label}`} @click=${() => void copy()}>${t('studio.copy')}</button></dd></div>`;
}

/** The clipboard's interface is missing on plain HTTP; a selection works everywhere. */
async function copy_text(text: string): Promise<void> {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const field = document.createElement('textarea');
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand('copy');
  field.remove();
}
