import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../base/catalogue.js';
import { studio } from './studio_store.js';
import { StudioView } from './studio_view.js';

/** What was just done, and the way back. Stays until closed or followed by the next: nobody is hurried. */
export class EstradToast extends StudioView {
  protected override render(): TemplateResult {
    const { toast } = this.state;
    const undo = (): void => {
      studio.update({ toast: null });
      toast?.undo?.();
    };
    return html`<div role="status" class="toast-place">${toast ? html`<div class="toast">
      <span>${toast.text}</span>
      ${toast.undo ? html`<button type="button" class="link" @click=${undo}>${t('studio.undo')}</button>` : nothing}
      <button type="button" class="toast-close" aria-label=${t('studio.close')} @click=${() => studio.update({ toast: null })}>×</button>
    </div>` : nothing}</div>`;
  }
}
customElements.define('estrad-toast', EstradToast);
