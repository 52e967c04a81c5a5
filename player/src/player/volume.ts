import { keep, read_kept } from '../base/kept.js';

const key = 'estrad-volume';

/** Keeps the viewer's volume from one visit to the next. Returns what stops it. */
export function remember_volume(video: HTMLVideoElement): () => void {
  const kept = Number.parseFloat(read_kept(key) ?? '');
  if (kept > 0 && kept <= 1) {
    video.volume = kept;
  }
  const note = (): void => keep(key, String(video.volume));
  video.addEventListener('volumechange', note);
  return () => video.removeEventListener('volumechange', note);
}
