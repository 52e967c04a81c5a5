/** Seconds that can be played on from here without anything more being fetched. */
export function buffer_ahead({ buffered, currentTime }: HTMLVideoElement): number {
  for (let range = 0; range < buffered.length; ++range) {
    if (buffered.start(range) <= currentTime + 0.05 && currentTime < buffered.end(range)) {
      return buffered.end(range) - currentTime;
    }
  }
  return 0;
}
