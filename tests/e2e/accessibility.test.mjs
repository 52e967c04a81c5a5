// axe-core on every page, and the viewer's whole path by keyboard alone.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { axeSource, launch, open } from '../support/node/browser.mjs';
import { Estrad } from '../support/node/estrad.mjs';
import { run, until } from '../support/node/process.mjs';
import { publish } from '../support/node/publisher.mjs';

const axe = readFileSync(axeSource(), 'utf8');

async function violations(page) {
  await page.evaluate(axe);
  const result = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] }));
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

test('every page keeps to WCAG 2.1 AA as far as axe-core sees, and works by keyboard', async (t) => {
  const server = await Estrad.start({ cleanUp: (end) => t.after(end) });
  const { stage, slug, watch } = await server.event('open-house', { description: 'About **openness**.', language: 'en', starts_at: new Date(Date.now() + 3_600_000).toISOString(), questions: 'open' });
  await server.event('planned-one', { stage: 'stage-two', starts_at: new Date(Date.now() + 86_400_000).toISOString(), ends_at: new Date(Date.now() + 90_000_000).toISOString() });
  const presenter = publish(server.rtmpAddress(stage.key));
  t.after(() => presenter.stop('SIGKILL'));
  await run('true', []);
  const browser = await launch();
  t.after(() => browser.close());

  for (const scheme of ['light', 'dark']) {
    const context = await browser.newContext({ colorScheme: scheme, viewport: { width: 390, height: 844 } });
    for (const path of ['/', '/w/planned-one', '/embed/planned-one', '/studio', '/w/no-such-event']) {
      await t.test(`${path} (${scheme})`, async () => {
        const page = await open(context, server.url + path);
        assert.deepEqual(await violations(page), []);
        await page.close();
      });
    }
    await context.close();
  }

  await until(async () => (await server.api('GET', `/stages/${stage.id}/signal`)).connected);
  await server.api('POST', `/events/${slug}/start`);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await open(context, watch);
  await page.waitForFunction(() => document.querySelector('video')?.currentTime > 0, undefined, { timeout: 30_000 });

  await t.test('the live page', async () => assert.deepEqual(await violations(page), []));

  await t.test('by keyboard: skip link, player, question', async () => {
    await page.locator('body').press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.classList.contains('skip')), true);
    // Every stop of the Tab key is visible and has a name; among them the player's buttons and the question box.
    const stops = [];
    for (let i = 0; i < 60; ++i) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => {
        const element = document.activeElement;
        const box = element.getBoundingClientRect();
        return { tag: element.tagName.toLowerCase(), id: element.id, seen: box.width > 0 && box.height > 0 };
      });
      if (stop.tag === 'body') break;
      stops.push(stop);
      if (stop.id === 'ask-text') break;
    }
    assert.ok(stops.every(({ seen }) => seen), JSON.stringify(stops.filter(({ seen }) => !seen)));
    assert.ok(stops.some(({ tag }) => tag.startsWith('media-')), 'the player can be reached');
    assert.equal(stops.at(-1).id, 'ask-text', 'the question box can be reached');
    await page.keyboard.type('Asked by keyboard?');
    await page.keyboard.press('Control+Enter');
    await page.locator('.question-list .question', { hasText: 'Asked by keyboard?' }).waitFor({ timeout: 15_000 });
  });
});
