// The page /w/<slug>.
import './viewer/estrad_stage.js';
import './viewer/estrad_status.js';
import './viewer/estrad_latency.js';
import './viewer/estrad_when.js';
import './viewer/estrad_countdown.js';
import './player/estrad_player.js';
import './questions/estrad_questions.js';
import { watch_event } from './viewer/watch_event.js';

watch_event();
