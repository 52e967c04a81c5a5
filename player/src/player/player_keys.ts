import type { TextKey } from '../base/catalogue.js';

/** What a key asks for that the controls of media-chrome do not do themselves. */
export type PlayerCommand = 'picture_in_picture' | 'back_to_live' | 'slower' | 'faster' | 'statistics' | 'help';

const commands: Readonly<Record<string, PlayerCommand>> = {
  i: 'picture_in_picture',
  End: 'back_to_live',
  '<': 'slower',
  '>': 'faster',
  s: 'statistics',
  '?': 'help',
};

/** Keys of media-chrome that the player answers itself, as its `hotkeys` attribute names them. */
export const keys_taken = 'no< no> noshift+/';

/** Null for a key that is not the player's, or is part of a shortcut of the browser's. */
export function command_of(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey'>): PlayerCommand | null {
  const is_browsers = event.ctrlKey || event.altKey || event.metaKey;
  return is_browsers ? null : (commands[event.key] ?? null);
}

/** The help: each line's keys, and what they do. */
export const key_help: readonly { keys: readonly string[]; text: TextKey }[] = [
  { keys: ['␣', 'K'], text: 'keys.play' },
  { keys: ['←', 'J'], text: 'keys.back' },
  { keys: ['→', 'L'], text: 'keys.forward' },
  { keys: ['End'], text: 'keys.live' },
  { keys: ['↑', '↓'], text: 'keys.volume' },
  { keys: ['M'], text: 'keys.mute' },
  { keys: ['C'], text: 'keys.captions' },
  { keys: ['F'], text: 'keys.fullscreen' },
  { keys: ['I'], text: 'keys.picture_in_picture' },
  { keys: ['<', '>'], text: 'keys.speed' },
  { keys: ['S'], text: 'keys.statistics' },
  { keys: ['?'], text: 'keys.help' },
];
