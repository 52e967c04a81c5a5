import { catalogue, t } from './catalogue.js';
import { time_span, viewer_zone, zone_name, zones_differ } from './times.js';

/** "07:00–08:00 where you are (New York)", or null where clocks agree with the event's zone. */
export function zone_note(from: Date, to: Date | null, zone: string, own_zone = viewer_zone()): string | null {
  if (!zones_differ(from, zone, own_zone)) {
    return null;
  }
  return t('viewer.own_time', {
    time: time_span(from, to, own_zone, catalogue.language),
    place: zone_name(own_zone),
  });
}
