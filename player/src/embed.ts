// The page /embed/<slug>: the player alone.
import './viewer/estrad_stage.js';
import './viewer/estrad_countdown.js';
import './player/estrad_player.js';
import { watch_event } from './viewer/watch_event.js';

watch_event();
