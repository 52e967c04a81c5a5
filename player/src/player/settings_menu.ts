import { html, nothing, svg, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { catalogue, t } from '../base/catalogue.js';
import { automatic, type Choice, type PlaybackState } from '../playback/playback.js';
import { speeds } from './speeds.js';

const speed_number = new Intl.NumberFormat(catalogue.language);

const gear = svg`<path d="M19.4 13a7.6 7.6 0 0 0 0-2l2-1.6a.5.5 0 0 0 .2-.6l-2-3.4a.5.5 0 0 0-.6-.2l-2.4 1a7.3 7.3 0 0 0-1.7-1l-.4-2.6a.5.5 0 0 0-.5-.4h-4a.5.5 0 0 0-.5.4l-.4 2.6a7.3 7.3 0 0 0-1.7 1l-2.4-1a.5.5 0 0 0-.6.2l-2 3.4a.5.5 0 0 0 .1.6L4.6 11a7.6 7.6 0 0 0 0 2l-2.1 1.6a.5.5 0 0 0-.1.6l2 3.4c.1.2.4.3.6.2l2.4-1c.5.4 1.1.8 1.7 1l.4 2.6c0 .2.2.4.5.4h4c.2 0 .5-.2.5-.4l.4-2.6a7.3 7.3 0 0 0 1.7-1l2.4 1c.2.1.5 0 .6-.2l2-3.4a.5.5 0 0 0-.1-.6L19.4 13ZM12 15.5a3.5 3.5 0 1 1 0-7 3.5 3.5 0 0 1 0 7Z"/>`;
const back = svg`<path d="M15.4 6.4 14 5l-7 7 7 7 1.4-1.4L9.8 12z"/>`;

/** What the menu asks of the player. */
export interface SettingsRequests {
  quality(id: number): void;
  language(id: number): void;
  captions(id: number): void;
  speed(speed: number): void;
  statistics(is_shown: boolean): void;
  keys(): void;
}

export function settings_button(): TemplateResult {
  return html`<media-settings-menu-button class="settings-button" notooltip title=${t('player.settings')}>
    <svg slot="icon" viewBox="0 0 24 24" aria-hidden="true">${gear}</svg>
  </media-settings-menu-button>`;
}

/**
 * Only what there is something to choose of. A child of the controller: its menu and submenus keep the keyboard's rules
 * themselves. They also take out all blank text between their children, which Lit holds on to: hence the templates
 * without any. The empty header stands in for media-chrome's own, a button in English that belongs to submenus.
 */
export function settings_menu(state: PlaybackState, requests: SettingsRequests): TemplateResult {
  const { mode, captions, caption, languages, language, qualities, quality, speed, is_behind } = state;
  const off = { id: -1, label: t('player.captions_off') };
  const has_speed = mode === 'recorded' || is_behind || speed !== 1;
  const toggle_statistics = (): void => requests.statistics(state.statistics === null);
  return html`<media-settings-menu class="settings-menu" hidden anchor="auto" aria-label=${t('player.settings')} @toggle=${note_toggle}
    ><span slot="header" hidden></span>${captions.length > 0 ? submenu('captions', t('player.captions'), [off, ...captions], caption, requests.captions) : nothing
    }${languages.length > 1 ? submenu('language', t('player.language'), languages, language, requests.language) : nothing
    }${qualities.length > 1 ? submenu('quality', t('player.quality'), [auto_choice(state), ...qualities], quality, requests.quality) : nothing
    }${has_speed ? submenu('speed', t('player.speed'), speeds.map((id) => ({ id, label: `${speed_number.format(id)}×` })), speed, requests.speed) : nothing
    }<media-chrome-menu-item type="checkbox" class="settings-statistics" .checked=${live(state.statistics !== null)}
      @click=${toggle_statistics} @keydown=${on_choice(toggle_statistics)}><span>${t('player.statistics')}</span
      ><span slot="description" aria-hidden="true">${state.statistics ? '✓' : ''}</span></media-chrome-menu-item
    ><media-chrome-menu-item class="settings-keys" @click=${requests.keys} @keydown=${on_choice(requests.keys)}><span>${t('player.keys')}</span></media-chrome-menu-item
  ></media-settings-menu>`;
}

function auto_choice({ qualities, quality, shown_quality }: PlaybackState): Choice {
  const shown = qualities.find(({ id }) => id === shown_quality)?.label;
  return { id: automatic, label: shown && quality === automatic ? t('player.quality_auto_now', { now: shown }) : t('player.quality_auto') };
}

function submenu(name: string, title: string, choices: readonly Choice[], chosen: number, choose: (id: number) => void): TemplateResult {
  const note_choice = (event: Event): void => choose(Number((event.currentTarget as HTMLElement & { value: string }).value));
  return html`<media-settings-menu-item class="settings-${name}"
    ><span>${title}</span
    ><span slot="description">${choices.find(({ id }) => id === chosen)?.label}</span
    ><media-chrome-menu slot="submenu" hidden aria-label=${title} @change=${note_choice}
      ><button slot="header" type="button" role="menuitem" tabindex="-1" part="back button" class="settings-back"
        aria-label=${t('player.settings_back', { title })}
        ><svg viewBox="0 0 24 24" width="20" height="20" fill="currentColor" aria-hidden="true">${back}</svg>${title}</button
      >${choices.map(({ id, label }) => html`<media-chrome-menu-item type="radio" value=${id} .checked=${live(id === chosen)}><span>${label}</span></media-chrome-menu-item>`)
    }</media-chrome-menu
  ></media-settings-menu-item>`;
}

function on_choice(act: () => void): (event: KeyboardEvent) => void {
  return ({ key }) => {
    if (key === 'Enter' || key === ' ') {
      act();
    }
  };
}

/** The bar stays while the menu is open. */
function note_toggle(event: Event): void {
  const menu = event.currentTarget as HTMLElement;
  menu.closest('media-controller')?.setAttribute('autohide', menu.hidden ? '2' : '-1');
}
