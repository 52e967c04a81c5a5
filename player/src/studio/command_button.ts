import { html, type TemplateResult } from 'lit';
import { t } from '../base/catalogue.js';
import { command } from './actions.js';
import { studio } from './studio_store.js';
import type { Command, StaffEvent } from './types.js';

/** The button of one command. The big one is coloured by what it does: red goes on or off air. */
export function command_button(event: StaffEvent, name: Command, is_big: boolean): TemplateResult {
  return html`<button type="button" class="button command command-${name} ${is_big ? 'command-big' : 'button-quiet'}"
    ?disabled=${studio.state.busy !== null} @click=${() => void command(event, name)}>${t(`studio.command.${name}`)}</button>`;
}
