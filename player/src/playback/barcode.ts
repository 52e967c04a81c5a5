/**
 * The wall clock in the demo's picture: 50 cells along the bottom; white, black, 44 bits of epoch
 * milliseconds (most significant first, white is 1), 4 bits of check: the XOR of the eleven nibbles.
 */
export const cell_count = 50;

/** `luma` is 0–255 at each cell's centre. Null when it is not a clock, or was not read well. */
export function wall_clock_ms(luma: ArrayLike<number>): number | null {
  const bits = Array.from({ length: cell_count }, (_, cell) => ((luma[cell] ?? 0) > 128 ? 1 : 0));
  if (bits[0] !== 1 || bits[1] !== 0) {
    return null;
  }
  const nibbles = Array.from({ length: 12 }, (_, index) =>
    bits.slice(2 + index * 4, 6 + index * 4).reduce((value: number, bit) => value * 2 + bit, 0));
  const check = nibbles.pop();
  const folded = nibbles.reduce((value, nibble) => value ^ nibble, 0);
  return folded === check ? nibbles.reduce((value, nibble) => value * 16 + nibble, 0) : null;
}

/** Reads the strip of what a video shows at this moment. */
export class BarcodeReader {
  private readonly context: CanvasRenderingContext2D | null;

  constructor(private readonly canvas = document.createElement('canvas')) {
    this.context = canvas.getContext('2d', { willReadFrequently: true });
  }

  read(video: HTMLVideoElement): number | null {
    const { videoWidth: width, videoHeight: height } = video;
    if (!this.context || width === 0 || height === 0) {
      return null;
    }
    this.canvas.width = width;
    this.canvas.height = 1;
    this.context.drawImage(video, 0, Math.floor(height * 0.97), width, 1, 0, 0, width, 1);
    const { data } = this.context.getImageData(0, 0, width, 1);
    const luma = Array.from({ length: cell_count }, (_, cell) => {
      const at = Math.floor(((cell + 0.5) * width) / cell_count) * 4;
      return 0.2126 * (data[at] ?? 0) + 0.7152 * (data[at + 1] ?? 0) + 0.0722 * (data[at + 2] ?? 0);
    });
    return wall_clock_ms(luma);
  }
}
