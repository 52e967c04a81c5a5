/** The speeds that a viewer may pick. */
export const speeds: readonly number[] = [0.5, 0.75, 1, 1.25, 1.5, 2];

/** The next of them in that direction; the last one stays. */
export function next_speed(speed: number, direction: 'slower' | 'faster'): number {
  const further = speeds.filter((other) => (direction === 'faster' ? other > speed : other < speed));
  return (direction === 'faster' ? further[0] : further[further.length - 1]) ?? speed;
}
