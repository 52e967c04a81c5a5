// A broadcast as three people meet it: a viewer, somebody with a question, and staff in the studio.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { hook, launch, open, playing } from '../support/node/browser.mjs';
import { Program, run } from '../support/node/process.mjs';
import { binary } from '../support/node/estrad.mjs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

test('live, asked, ended, watched again, reopened', async (t) => {
  const data = mkdtempSync(join(tmpdir(), 'estrad-e2e-'));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  const demo = new Program(binary, ['demo', '--data', data, '--set', 'http.listen=127.0.0.1:0', '--set', 'rtmp.listen=127.0.0.1:0']);
  t.after(() => demo.stop());
  const [, address] = await demo.line(/Watch\s+(\S+)/, { within: 60_000 });
  const [, email, password] = await demo.line(/(\S+@\S+)\s+password (\S+)/);
  const site = new URL(address).origin;
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

  const studio = await open(staff, `${site}/studio`);
  await t.test('staff sign in, open the event and approve the question', async () => {
    await studio.fill('#email', email);
    await studio.fill('#password', password);
    await studio.click('.sign-in button[type=submit]');
    await studio.click('a[href*="event/demo"]');
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
    const list = await run(binary, ['recording', 'list', '--data', data]);
    assert.match(list.stdout, /demo\tlive/);
    const users = await run(binary, ['user', 'list', '--data', data]);
    assert.match(users.stdout, new RegExp(`${email}\tadmin`));
  });
});
