import type { Language } from './catalogue.js';

const tags: Record<Language, string> = { sv: 'sv-SE', en: 'en-GB' };

export function viewer_zone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

export function clock_time(at: Date, zone: string, language: Language): string {
  return new Intl.DateTimeFormat(tags[language], { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(at);
}

/** "tisdag 3 mars 2026", in the event's zone. */
export function long_date(at: Date, zone: string, language: Language): string {
  return new Intl.DateTimeFormat(tags[language], {
    weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: zone,
  }).format(at);
}

export function short_date(at: Date, zone: string, language: Language): string {
  return new Intl.DateTimeFormat(tags[language], { day: 'numeric', month: 'short', timeZone: zone }).format(at);
}

/** "13:00–14:00", or "13:00" without an end. */
export function time_span(from: Date, to: Date | null, zone: string, language: Language): string {
  const start = clock_time(from, zone, language);
  return to ? `${start}–${clock_time(to, zone, language)}` : start;
}

/** Whether clocks in the two zones show different times at that moment. */
export function zones_differ(at: Date, first: string, second: string): boolean {
  const wall = (zone: string): string =>
    new Intl.DateTimeFormat('en-GB', { dateStyle: 'short', timeStyle: 'short', timeZone: zone }).format(at);
  return wall(first) !== wall(second);
}

/** "Stockholm" of "Europe/Stockholm". */
export function zone_name(zone: string): string {
  return (zone.split('/').pop() ?? zone).replace(/_/g, ' ');
}

export interface Countdown {
  days: number;
  hours: number;
  minutes: number;
  seconds: number;
}

/** What is left until then; zeroes once it is past. */
export function countdown(until: Date, now: Date): Countdown {
  const left = Math.max(0, Math.ceil((until.getTime() - now.getTime()) / 1000));
  return {
    days: Math.floor(left / 86400),
    hours: Math.floor((left % 86400) / 3600),
    minutes: Math.floor((left % 3600) / 60),
    seconds: left % 60,
  };
}

/** "1:02:03" or "2:03", as on a player. */
export function media_time(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const rest = `${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest.replace(/^0(\d)/, '$1');
}

/** The `?t=` of a link: seconds ("95"), "1m35s" or "1:35". Null if it is none of these. */
export function start_position(parameter: string | null): number | null {
  if (!parameter) {
    return null;
  }
  if (/^\d+(\.\d+)?s?$/.test(parameter)) {
    return Number.parseFloat(parameter);
  }
  const words = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(parameter);
  const clock = /^(?:(\d+):)?(\d{1,2}):(\d{2})$/.exec(parameter);
  const found = words ?? clock;
  if (!found) {
    return null;
  }
  const [, hours, minutes, seconds] = found;
  return Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
}
