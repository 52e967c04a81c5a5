import type { Store } from '../base/store.js';
import type { PlaybackState } from './playback.js';

/** Subtitles and closed captions, whoever made their tracks: hls.js, the browser's own HLS, or the page. */
function caption_tracks(video: HTMLVideoElement): TextTrack[] {
  return Array.from(video.textTracks).filter(({ kind }) => kind === 'subtitles' || kind === 'captions');
}

/** Shows one of them; -1 shows none. */
export function show_captions(video: HTMLVideoElement, id: number): void {
  caption_tracks(video).forEach((track, index) => {
    track.mode = index === id ? 'showing' : 'disabled';
  });
}

/** Keeps the store told which captions there are and which are shown. Returns what stops it. */
export function follow_captions(video: HTMLVideoElement, store: Store<PlaybackState>): () => void {
  const note = (): void => {
    const tracks = caption_tracks(video);
    const labels = tracks.map(({ label, language }) => label || language);
    store.update({ caption: tracks.findIndex(({ mode }) => mode === 'showing') });
    if (labels.join('\n') !== store.state.captions.map(({ label }) => label).join('\n')) {
      store.update({ captions: labels.map((label, id) => ({ id, label })) });
    }
  };
  const events = ['addtrack', 'removetrack', 'change'] as const;
  events.forEach((event) => video.textTracks.addEventListener(event, note));
  return () => events.forEach((event) => video.textTracks.removeEventListener(event, note));
}
