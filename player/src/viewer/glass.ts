import { Store } from '../base/store.js';
import { BarcodeReader } from '../playback/barcode.js';

export interface GlassState {
  /** Seconds from the presenter's clock to this screen; null where the picture has no barcode. */
  glass_s: number | null;
}

export const glass: Store<GlassState> = new Store<GlassState>({ glass_s: null });

const every_ms = 250;
/** Without a clock in the picture for this long it is another picture: the slate. */
const stale_after_ms = 2000;

/** Reads the demo's barcode from `video`, four times a second, until the returned function is called. */
export function measure_glass(video: HTMLVideoElement): () => void {
  const reader = new BarcodeReader();
  let read_at_ms = 0;
  const timer = setInterval(() => {
    const now_ms = Date.now();
    const shown_ms = video.paused ? null : reader.read(video);
    if (shown_ms !== null) {
      read_at_ms = now_ms;
      glass.update({ glass_s: (now_ms - shown_ms) / 1000 });
    } else if (now_ms - read_at_ms > stale_after_ms) {
      glass.update({ glass_s: null });
    }
  }, every_ms);
  return () => {
    clearInterval(timer);
    glass.update({ glass_s: null });
  };
}
