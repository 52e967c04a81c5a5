const key = 'estrad-volume';

/** Keeps the viewer's volume from one visit to the next. Returns what stops it. */
export function remember_volume(video: HTMLVideoElement): () => void {
  const kept = Number.parseFloat(read() ?? '');
  if (kept > 0 && kept <= 1) {
    video.volume = kept;
  }
  const keep = (): void => write(String(video.volume));
  video.addEventListener('volumechange', keep);
  return () => video.removeEventListener('volumechange', keep);
}

/** Storage can be forbidden, in frames of other sites above all. */
function read(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Nothing is lost but a convenience.
  }
}
