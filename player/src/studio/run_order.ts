import type { StaffEvent } from './types.js';

export interface Run {
  today: StaffEvent[];
  later: StaffEvent[];
  earlier: StaffEvent[];
}

/** Today's run first: what is on, what waits for staff, and what begins today, in order of time. */
export function run_of(events: readonly StaffEvent[], now: Date): Run {
  const run: Run = { today: [], later: [], earlier: [] };
  for (const event of [...events].sort(by_start)) {
    run[place_of(event, now)].push(event);
  }
  run.earlier.reverse();
  return run;
}

function place_of(event: StaffEvent, now: Date): keyof Run {
  switch (event.state) {
    case 'lobby':
    case 'live':
    case 'paused':
    case 'ended':
      return 'today';
    case 'draft':
    case 'planned':
    case 'cancelled':
      return when(event) === null || is_same_day(when(event), now) || (when(event) ?? now) < now ? 'today' : 'later';
    case 'review':
      return 'today';
    case 'published':
    case 'withdrawn':
    case 'archived':
      return is_same_day(ended(event), now) ? 'today' : 'earlier';
  }
}

function when({ starts_at }: StaffEvent): Date | null {
  return starts_at ? new Date(starts_at) : null;
}

function ended({ ended_at }: StaffEvent): Date | null {
  return ended_at ? new Date(ended_at) : null;
}

function is_same_day(first: Date | null, second: Date): boolean {
  return first?.toDateString() === second.toDateString();
}

function by_start(first: StaffEvent, second: StaffEvent): number {
  const time = (event: StaffEvent): number =>
    Date.parse(event.starts_at ?? event.started_at ?? '') || Number.MAX_SAFE_INTEGER;
  return time(first) - time(second) || first.slug.localeCompare(second.slug);
}
