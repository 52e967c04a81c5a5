// The page /: the server's programme, kept fresh.
import { zone_note } from './base/zone_note.js';

const fresh_every_ms = 20_000;

/** Fetches the page again and takes its programme, unless the reader's focus is inside it. */
async function refresh(): Promise<void> {
  const main = document.getElementById('main');
  if (document.hidden || !main || main.contains(document.activeElement)) {
    return;
  }
  const response = await fetch(location.href, { headers: { Accept: 'text/html' } });
  if (!response.ok) {
    return;
  }
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html').getElementById('main');
  if (fresh) {
    add_own_times(fresh);
  }
  if (fresh && fresh.innerHTML !== main.innerHTML) {
    main.replaceChildren(...fresh.childNodes);
  }
}

/** `data-zone` on a time is the event's zone; without it there is nothing to compare. */
function add_own_times(root: ParentNode): void {
  for (const time of root.querySelectorAll<HTMLTimeElement>('time[data-zone]')) {
    const from = new Date(time.dateTime);
    const note = Number.isNaN(from.getTime()) ? null : zone_note(from, null, time.dataset['zone'] ?? 'UTC');
    if (note) {
      time.title = note;
    }
  }
}

add_own_times(document);
setInterval(() => void refresh().catch(() => undefined), fresh_every_ms);
