import { keep, read_kept } from '../base/kept.js';

/** What a viewer wants to see: whatever the network can carry, no picture at all, or a picture of this height. */
export type QualityWish = 'auto' | 'audio' | number;

const quality_key = 'estrad-quality';
const language_key = 'estrad-language';

export function quality_wish_of(text: string | null): QualityWish {
  const height = Number(text);
  return text === 'audio' ? 'audio' : height > 0 && Number.isInteger(height) ? height : 'auto';
}

/**
 * Which rung of this stream comes closest to a wish that may have been made at another: its own height, else the
 * next one below, else the lowest. -1 where nothing but the network is to choose. `heights` are those of the rungs.
 */
export function rung_for(wish: QualityWish, heights: readonly number[]): number {
  if (typeof wish === 'string' || heights.length === 0) {
    return -1;
  }
  const fitting = heights.filter((height) => height <= wish);
  return heights.indexOf(fitting.length > 0 ? Math.max(...fitting) : Math.min(...heights));
}

export const kept_quality = (): QualityWish => quality_wish_of(read_kept(quality_key));
export const keep_quality = (wish: QualityWish): void => keep(quality_key, wish === 'auto' ? null : String(wish));
/** The language of the sound, as the stream names it ("sv"). */
export const kept_language = (): string | null => read_kept(language_key);
export const keep_language = (tag: string | null): void => keep(language_key, tag);
