import { Store } from '../base/store.js';
import { BarcodeReader } from '../playback/barcode.js';

export interface GlassState {
  /** Seconds from the presenter's clock to this screen; null where the picture has no barcode. */
  glass_s: number | null;
}

export const glass: Store<GlassState> = new Store<GlassState>({ glass_s: null });

const every_ms = 250;

/** Reads the demo's barcode from `video`, four times a second, until the returned function is called. */
export function measure_glass(video: HTMLVideoElement): () => void {
  const reader = new BarcodeReader();
  const timer = setInterval(() => {
    const shown_ms = video.paused ? null : reader.read(video);
    if (shown_ms !== null) {
      glass.update({ glass_s: (Date.now() - shown_ms) / 1000 });
    }
  }, every_ms);
  return () => {
    clearInterval(timer);
    glass.update({ glass_s: null });
  };
}
