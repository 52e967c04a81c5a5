export interface LivePlace {
  /** Seconds behind the newest part. */
  latency_s: number;
  target_s: number;
  buffer_ahead_s: number;
  /** The viewer has not rewound. */
  is_following: boolean;
  /** As the viewer picked it. */
  speed: number;
}

/** Further behind the target than this is a viewer who has rewound, or a network that has failed. */
export const far_behind_s = 4;
/** From here on catching up by speed would take longer than half a minute; a jump inside the buffer costs nothing. */
const late_s = 1.5;
/** What must be left in the buffer after such a jump. */
const spare_s = 0.6;

/**
 * What to do about a live picture that plays: `follow` the target latency, `jump` back to it after a failure, leave the
 * viewer `behind`, at the viewer's speed, or `arrive` where a faster speed has nothing left to catch up with.
 */
export function live_step({ latency_s, target_s, buffer_ahead_s, is_following, speed }: LivePlace): 'follow' | 'jump' | 'behind' | 'arrive' {
  if (speed !== 1) {
    return speed > 1 && latency_s <= target_s ? 'arrive' : 'behind';
  }
  if (!is_following) {
    return 'behind';
  }
  const late_by_s = latency_s - target_s;
  const can_jump = late_by_s + spare_s < buffer_ahead_s;
  return late_by_s > (can_jump ? late_s : far_behind_s) ? 'jump' : 'follow';
}
