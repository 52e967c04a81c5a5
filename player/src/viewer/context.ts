import { type ViewerData, read_page_data } from '../base/page_data.js';
import { Store } from '../base/store.js';
import { type OwnStore, own_store } from '../questions/own_store.js';
import { type PlaybackState, starting } from '../playback/playback.js';
import { type ViewerStore, viewer_store } from './viewer_store.js';

/** The stores of this page: one event, one player. */
export const data: ViewerData = read_page_data<ViewerData>();
export const viewer: ViewerStore = viewer_store(data);
export const playback: Store<PlaybackState> = new Store(starting('live'));
export const own: OwnStore = own_store(data.event.slug);
