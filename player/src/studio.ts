// The page /studio.
import './studio/estrad_sign_in.js';
import './studio/estrad_run.js';
import './studio/estrad_control_room.js';
import './studio/estrad_toast.js';
import './studio/estrad_studio.js';
import { follow_studio } from './studio/follow.js';

follow_studio();
