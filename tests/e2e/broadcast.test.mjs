// A broadcast as three people meet it: a viewer, somebody with a question, and staff in the studio.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { hook, launch, open, playing } from '../support/node/browser.mjs';
import { Demo } from '../support/node/demo.mjs';

test('live, asked, ended, watched again, reopened', async (t) => {
  const demo = await Demo.start({ cleanUp: (what) => t.after(what) });
  const { address } = demo;
  const browser = await launch();
  t.after(() => browser.close());
  const viewers = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const askers = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const staff = await browser.newContext({ viewport: { width: 1440, height: 900 } });

  const viewer = await open(viewers, address);
  await t.test('the picture moves, and the barcode tells how old it is', async () => {
    await playing(viewer);
    await viewer.waitForFunction(() => typeof globalThis.estrad.glass === 'number', undefined, { timeout: 30_000 });
    const { glass } = await hook(viewer);
    t.diagnostic(`glass to glass ${glass.toFixed(2)} s`);
    assert.ok(glass > 0 && glass < 8, `${glass}`);
  });

  const asker = await open(askers, address);
  await t.test('a question is sent', async () => {
    await asker.fill('#ask-text', 'Can you hear us?');
    await asker.fill('#ask-name', 'Robin');
    await asker.click('.ask button[type=submit]');
    await asker.waitForFunction(() => document.querySelector('#ask-result')?.textContent.trim() !== '');
    assert.equal(await viewer.locator('.question-list .question').count(), 0);
  });

  let studio;
  await t.test('staff sign in, open the event and approve the question', async () => {
    studio = await demo.studio(staff);
    const item = studio.locator('.queue-item', { hasText: 'Can you hear us?' });
    await item.waitFor();
    await item.locator('.q-approve').click();
    await viewer.locator('estrad-question-list .question', { hasText: 'Can you hear us?' }).waitFor({ timeout: 15_000 });
    const own = asker.locator('estrad-question-list .question', { hasText: 'Can you hear us?' });
    await own.getByText('Your question').waitFor({ timeout: 15_000 });
    assert.equal(await asker.locator('.question', { hasText: 'Can you hear us?' }).count(), 1);
  });

  await t.test('End from the studio: the open page says so, and a reload plays from the start', async () => {
    await studio.click('.command-stop');
    await viewer.waitForFunction(() => globalThis.estrad.state === 'published', undefined, { timeout: 30_000 });
    await viewer.reload();
    // A person who comes to a recording presses play.
    await viewer.waitForFunction(() => document.querySelector('video')?.readyState >= 2, undefined, { timeout: 20_000 });
    await viewer.evaluate(() => document.querySelector('video').play());
    await playing(viewer);
    const { position, mode } = await hook(viewer);
    assert.equal(mode, 'recorded');
    assert.ok(position < 5, `plays from the start, not from ${position}`);
  });

  await t.test('it seeks', async () => {
    const target = await viewer.evaluate(() => {
      const video = document.querySelector('video');
      video.currentTime = Math.max(1, video.duration - 4);
      return video.currentTime;
    });
    await viewer.waitForFunction((time) => {
      const video = document.querySelector('video');
      return !video.seeking && video.readyState >= 2 && video.currentTime >= time;
    }, target);
  });

  await t.test('Reopen: the open page is live again by itself', async () => {
    await studio.click('.command-reopen');
    await viewer.waitForFunction(() => globalThis.estrad.state === 'live', undefined, { timeout: 30_000 });
    await playing(viewer);
    await viewer.waitForFunction(() => typeof globalThis.estrad.glass === 'number', undefined, { timeout: 30_000 });
  });

  await t.test('no page fetched anything elsewhere, and no script failed', () => {
    assert.deepEqual([...viewer.faults, ...asker.faults, ...studio.faults], []);
  });

  await t.test('the commands of the terminal work beside the server', async () => {
    const list = await demo.command('recording', 'list');
    assert.match(list.stdout, /demo\tlive/);
    const users = await demo.command('user', 'list');
    assert.match(users.stdout, new RegExp(`${demo.email}\tadmin`));
  });
});
