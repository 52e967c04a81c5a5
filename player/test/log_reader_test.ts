import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LogReader } from '../src/log/log_reader.js';
import type { LogState } from '../src/log/log_state.js';

interface Script {
  [address: string]: (Response | Error)[];
}

interface Story {
  asked: string[];
  seen: string[];
  connected: boolean[];
  waited: number;
}

const json = (value: unknown): Response => new Response(JSON.stringify(value));
const state_answer = (state: string, next_page: number): Response => json({ state, next_page, questions: [] });

/** Plays a server's answers to a reader, and stops it where they end. */
async function read(script: Script, is_long_poll: boolean): Promise<Story> {
  const story: Story = { asked: [], seen: [], connected: [], waited: 0 };
  const reader: LogReader = new LogReader({
    slug: 'x',
    is_long_poll,
    fetch: (address) => {
      story.asked.push(address);
      const next = script[address]?.shift();
      if (!next) {
        reader.stop();
      }
      return next instanceof Response ? Promise.resolve(next) : Promise.reject(next ?? new Error('stopped'));
    },
    on_state: (state: LogState) => story.seen.push(state.state),
    on_connection: (is_connected) => story.connected.push(is_connected),
    wait: () => {
      ++story.waited;
      return Promise.resolve();
    },
  });
  await reader.run();
  return story;
}

test('takes the state, then page after page', async () => {
  const story = await read({
    '/w/x/log': [state_answer('planned', 5)],
    '/w/x/log/5': [json({ page: 5, entries: [] })],
    '/w/x/log/6': [json({ page: 6, entries: [{ type: 'state', state: 'live' }] })],
  }, true);
  assert.deepEqual(story.asked, ['/w/x/log', '/w/x/log/5', '/w/x/log/6', '/w/x/log/7']);
  assert.deepEqual(story.seen, ['planned', 'live']);
});

test('takes the state afresh after a page that is not there', async () => {
  const story = await read({
    '/w/x/log': [state_answer('live', 5), state_answer('live', 40)],
    '/w/x/log/5': [new Response('', { status: 404 })],
  }, true);
  assert.deepEqual(story.asked, ['/w/x/log', '/w/x/log/5', '/w/x/log', '/w/x/log/40']);
  assert.equal(story.waited, 1);
});

test('waits out a server that is away, and tells so', async () => {
  const story = await read({
    '/w/x/log': [new Error('refused'), new Response('', { status: 502 }), state_answer('live', 1)],
  }, true);
  assert.deepEqual(story.connected.slice(0, 3), [false, false, true]);
  assert.equal(story.waited, 2);
});

test('asks for the state again and again where connections are few', async () => {
  const story = await read({ '/w/x/log': [state_answer('lobby', 1), state_answer('live', 2)] }, false);
  assert.deepEqual(story.asked, ['/w/x/log', '/w/x/log', '/w/x/log']);
  assert.deepEqual(story.seen, ['lobby', 'live']);
});
