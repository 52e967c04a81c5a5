import type { EventState } from '../webcast.js';
import type { LogAnswer } from '../log/log_types.js';

/** What the server's page tells the scripts: the JSON in `#estrad-data` (see README.md). */
export interface EventData {
  slug: string;
  title: string;
  state: EventState;
  starts_at: string | null;
  ends_at: string | null;
  timezone: string;
  language: string;
  latency: 'balanced' | 'lowest' | 'scale';
  questions: 'moderated' | 'open' | 'off';
  message: string | null;
}

export interface ViewerData {
  page: 'viewer' | 'embed';
  provider: string;
  demo: boolean;
  event: EventData;
  log: LogAnswer | null;
}

export interface Session {
  email: string;
  role: string;
  csrf: string;
}

export interface StudioData {
  page: 'studio';
  provider: string;
  public_url: string;
  session: Session | null;
}

export function read_page_data<T>(): T {
  const text = document.getElementById('estrad-data')?.textContent;
  if (!text) {
    throw new Error('the page has no #estrad-data');
  }
  return JSON.parse(text) as T;
}
