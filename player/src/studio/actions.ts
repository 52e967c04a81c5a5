import { t } from '../base/catalogue.js';
import type { Session } from '../base/page_data.js';
import { Api, ApiProblem } from './api.js';
import { undo_of } from './commands.js';
import { selected_event, studio, take_event, take_question, take_signal } from './studio_store.js';
import type { Command, Listing, QuestionMode, QuestionPatch, Signal, Stage, StaffEvent, StaffQuestion } from './types.js';

export const api = new Api(() => studio.state.session?.csrf ?? null);

/** A whole list, page by page, up to a length that a screen can still show. */
async function all<T>(path: string): Promise<T[]> {
  const items: T[] = [];
  for (let after: string | null | undefined = ''; after !== null && after !== undefined && items.length < most_listed;) {
    const page: Listing<T> = await api.get<Listing<T>>(`${path}?limit=100${after ? `&after=${encodeURIComponent(after)}` : ''}`);
    items.push(...page.items);
    after = page.next;
  }
  return items;
}

const most_listed = 2000;

/** Runs an action; what goes wrong becomes the sentence on screen, and a lost session the sign-in form. */
async function attempt<T>(action: () => Promise<T>): Promise<T | null> {
  try {
    const value = await action();
    studio.update({ problem: null });
    return value;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401 && studio.state.session) {
      studio.update({ session: null, is_loaded: false });
    }
    studio.update({ problem: error instanceof Error ? error.message : String(error) });
    return null;
  }
}

export async function sign_in(email: string, password: string): Promise<void> {
  try {
    const session = await api.post<Session>('/session', { email, password });
    studio.update({ session, problem: null });
  } catch (error) {
    const is_wrong = error instanceof ApiProblem && (error.status === 401 || error.status === 403 || error.status === 404);
    studio.update({ problem: is_wrong ? t('problem.wrong_password') : error instanceof Error ? error.message : String(error) });
  }
}

export async function sign_out(): Promise<void> {
  await attempt(() => api.delete('/session'));
  studio.update({ session: null, is_loaded: false, events: [], stages: [], questions: [] });
}

export async function load_run(): Promise<void> {
  await attempt(async () => {
    const [events, stages] = await Promise.all([all<StaffEvent>('/events'), all<Stage>('/stages')]);
    studio.update({ events, stages, is_loaded: true });
  });
}

/** Lamps of the stages that today's run uses. */
export async function load_signals(stages: readonly string[]): Promise<void> {
  await Promise.all(stages.map(async (stage) => {
    try {
      take_signal(stage, await api.get<Signal>(`/stages/${stage}/signal`));
    } catch {
      // The lamp keeps its last colour; the next round asks again.
    }
  }));
}

export async function load_event(slug: string): Promise<void> {
  await attempt(async () => {
    const [event, questions] = await Promise.all([
      api.get<StaffEvent>(`/events/${slug}`),
      all<StaffQuestion>(`/events/${slug}/questions`),
    ]);
    take_event(event);
    studio.update({ questions });
    if (event.stage) {
      await load_signals([event.stage]);
    }
  });
}

export async function command(event: StaffEvent, name: Command): Promise<void> {
  studio.update({ busy: name, toast: null });
  const after = await attempt(() => api.post<StaffEvent>(`/events/${event.slug}/${name}`));
  studio.update({ busy: null });
  if (after) {
    take_event(after);
    const back = undo_of(name, event.state);
    studio.update({
      toast: { text: t(`studio.done.${name}`), undo: back ? () => void command(after, back) : null },
    });
  }
}

export async function change_question(question: StaffQuestion, patch: QuestionPatch, text: string): Promise<void> {
  const event = selected_event();
  if (!event) {
    return;
  }
  const before = question.state;
  const after = await attempt(() => api.patch<StaffQuestion>(`/events/${event.slug}/questions/${question.id}`, patch));
  if (after) {
    take_question(after);
    const is_final = patch.state === 'removed';
    studio.update({
      writing: null,
      toast: { text, undo: is_final ? null : () => void change_question(after, { state: before }, t('studio.undo')) },
    });
  }
}

export async function set_mode(mode: QuestionMode): Promise<void> {
  const event = selected_event();
  if (event && (await attempt(() => api.patch(`/events/${event.slug}/moderation`, { mode })))) {
    take_event({ ...event, questions: mode });
  }
}

export async function create_stage(id: string, name: string): Promise<void> {
  const stage = await attempt(() => api.post<Stage>('/stages', { id, name }));
  if (stage) {
    studio.update({ stages: [...studio.state.stages, stage], form: null });
  }
}

export async function create_event(body: object): Promise<void> {
  const event = await attempt(() => api.post<StaffEvent>('/events', body));
  if (event) {
    take_event(event);
    studio.update({ form: null });
    location.hash = `#event/${event.slug}`;
  }
}

