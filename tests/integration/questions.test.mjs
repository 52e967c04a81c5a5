// The question box: what a viewer sends, what a moderator does with it, what everybody sees.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Estrad } from '../support/node/estrad.mjs';

test('a question from the asker to the public log and out of it again', async (t) => {
  const server = await Estrad.start({ cleanUp: (end) => t.after(end) });
  const { slug, watch } = await server.event('asked');
  await server.api('POST', `/events/${slug}/start`);
  const ask = (text, name) => fetch(`${watch}/questions`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ text, name }) });
  const log = async () => (await fetch(`${watch}/log`)).json();
  /** Follows the log from a page on until an entry fits; every page blocks until it is closed. */
  const entry = async (from, fits) => {
    for (let page = from; page < from + 12; ++page) {
      const answer = await fetch(`${watch}/log/${page}`);
      assert.equal(answer.status, 200);
      assert.match(answer.headers.get('cache-control'), /max-age=30/);
      const found = (await answer.json()).entries.find(fits);
      if (found) return { found, page };
    }
    throw new Error('the entry never came');
  };

  let asked;
  await t.test('a question waits for a moderator, and only its asker sees it', async () => {
    const response = await ask('When is the next budget?', 'Kim');
    assert.equal(response.status, 202);
    asked = await response.json();
    assert.equal(asked.state, 'pending');
    assert.deepEqual((await log()).questions, []);
    const own = await fetch(`${watch}/questions/${asked.id}`, { headers: { 'question-secret': asked.secret } });
    assert.equal((await own.json()).state, 'pending');
    assert.ok([401, 403, 404].includes((await fetch(`${watch}/questions/${asked.id}`)).status));
  });

  await t.test('approved, it stands in the log for everybody', async () => {
    const { next_page: next } = await log();
    await server.api('PATCH', `/events/${slug}/questions/${asked.id}`, { state: 'approved' });
    const { found } = await entry(next, (each) => each.type === 'question');
    assert.equal(JSON.stringify(found).includes('When is the next budget?'), true);
    assert.equal((await log()).questions.length, 1);
  });

  await t.test('an answer follows it', async () => {
    const { next_page: next } = await log();
    await server.api('PATCH', `/events/${slug}/questions/${asked.id}`, { state: 'answered', answer: 'In June.' });
    const { found } = await entry(next, (each) => each.type === 'answer');
    assert.match(JSON.stringify(found), /In June/);
  });

  await t.test('removed, it is gone from the log and from its old page, and the reason is demanded', async () => {
    const { next_page: next } = await log();
    await server.api('PATCH', `/events/${slug}/questions/${asked.id}`, { state: 'removed' }, { expect: 400 });
    await server.api('PATCH', `/events/${slug}/questions/${asked.id}`, { state: 'removed', reason: 'personal_data' });
    await entry(next, (each) => each.type === 'removed');
    assert.deepEqual((await log()).questions, []);
    for (let page = Math.max(0, next - 6); page < next; ++page) {
      const text = await (await fetch(`${watch}/log/${page}`)).text();
      assert.doesNotMatch(text, /next budget/);
    }
  });

  await t.test('its asker may withdraw a question', async () => {
    const mine = await (await ask('Never mind')).json();
    const headers = { 'question-secret': mine.secret };
    assert.ok((await fetch(`${watch}/questions/${mine.id}`, { method: 'DELETE', headers })).ok);
    const waiting = await server.api('GET', `/events/${slug}/questions?state=pending`);
    assert.equal(waiting.items.some((item) => item.id === mine.id), false);
  });

  await t.test('two hundred questions from one office pass; a flood does not', async () => {
    const answers = [];
    for (let i = 0; i < 200; ++i) answers.push((await ask(`Question number ${i} from the office?`)).status);
    assert.equal(answers.filter((status) => status === 202).length, 200);
    const flood = await Promise.all(Array.from({ length: 800 }, (_, i) => ask(`Flood ${i}`).then((response) => response.status)));
    assert.ok(flood.includes(429), 'a flood is stopped');
  });

  await t.test('faults of a question name the field', async () => {
    const other = await server.event('faulty');
    await server.api('POST', '/events/faulty/start');
    for (const body of ['{"text":""}', '{"text":5}', '{}', '{"text":"a\\u0000b"}', JSON.stringify({ text: 'x'.repeat(5000) })]) {
      const response = await fetch(`${other.watch}/questions`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      assert.equal(response.status, 400, body.slice(0, 40));
      assert.match(await response.text(), /text/);
    }
  });

  await t.test('more than one page ahead is 404', async () => {
    const { next_page: next } = await log();
    assert.equal((await fetch(`${watch}/log/${next + 5}`)).status, 404);
  });
});
