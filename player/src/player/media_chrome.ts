// The controls of media-chrome that the player uses, and their words in Swedish.
import 'media-chrome/dist/media-controller.js';
import 'media-chrome/dist/media-control-bar.js';
import 'media-chrome/dist/media-play-button.js';
import 'media-chrome/dist/media-mute-button.js';
import 'media-chrome/dist/media-volume-range.js';
import 'media-chrome/dist/media-time-range.js';
import 'media-chrome/dist/media-time-display.js';
import 'media-chrome/dist/media-pip-button.js';
import 'media-chrome/dist/media-fullscreen-button.js';
import 'media-chrome/dist/media-loading-indicator.js';
import 'media-chrome/dist/media-captions-button.js';
import 'media-chrome/dist/menu/media-chrome-menu.js';
import 'media-chrome/dist/menu/media-chrome-menu-item.js';
import 'media-chrome/dist/menu/media-settings-menu.js';
import 'media-chrome/dist/menu/media-settings-menu-item.js';
import 'media-chrome/dist/menu/media-settings-menu-button.js';
import { addTranslation, setLanguage } from 'media-chrome/dist/utils/i18n.js';
import { catalogue } from '../base/catalogue.js';

addTranslation('sv', {
  'Enter fullscreen mode': 'Helskärm',
  'Exit fullscreen mode': 'Lämna helskärm',
  'enter fullscreen mode': 'helskärm',
  'exit fullscreen mode': 'lämna helskärm',
  'Enter picture in picture mode': 'Bild i bild',
  'Exit picture in picture mode': 'Lämna bild i bild',
  'enter picture in picture mode': 'bild i bild',
  'exit picture in picture mode': 'lämna bild i bild',
  Mute: 'Stäng av ljudet',
  Unmute: 'Slå på ljudet',
  mute: 'stäng av ljudet',
  unmute: 'slå på ljudet',
  'Enable captions': 'Visa undertexter',
  'Disable captions': 'Dölj undertexter',
  'closed captions': 'undertexter',
  settings: 'inställningar',
  Play: 'Spela',
  Pause: 'Pausa',
  play: 'spela',
  pause: 'pausa',
  volume: 'volym',
  seek: 'sök i tiden',
  live: 'direkt',
  'video player': 'videospelare',
  'audio player': 'ljudspelare',
  'playback time': 'speltid',
  'media loading': 'laddar',
  'video not loaded, unknown time.': 'videon är inte laddad, okänd tid.',
  '{currentTime} of {totalTime}': '{currentTime} av {totalTime}',
  '{time} remaining': '{time} kvar',
  hour: 'timme',
  hours: 'timmar',
  minute: 'minut',
  minutes: 'minuter',
  second: 'sekund',
  seconds: 'sekunder',
});
setLanguage(catalogue.language);
