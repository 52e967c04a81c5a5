import { zone_note } from '../base/zone_note.js';
import { data } from './context.js';

/** Adds the viewer's own time to the server's, where their clocks differ. */
export class EstradWhen extends HTMLElement {
  connectedCallback(): void {
    const { starts_at, ends_at, timezone } = data.event;
    const note = starts_at ? zone_note(new Date(starts_at), ends_at ? new Date(ends_at) : null, timezone) : null;
    if (note && !this.querySelector('.when-own')) {
      const line = document.createElement('span');
      line.className = 'when-own';
      line.textContent = note;
      this.append(line);
    }
  }
}
customElements.define('estrad-when', EstradWhen);
