// A live event can be watched from its beginning: the playlist lists all of it, delta updates keep that cheap, and the way back to
// live is one button.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { hook, launch, open, playing } from '../support/node/browser.mjs';
import { Demo } from '../support/node/demo.mjs';

test('a viewer goes back to the start of a live event, and to live again', async (t) => {
  const demo = await Demo.start({ cleanUp: (what) => t.after(what) });
  const browser = await launch();
  t.after(() => browser.close());
  const page = await open(await browser.newContext({ viewport: { width: 1280, height: 900 } }), demo.address);
  const reloads = [];
  page.on('response', (response) => {
    if (response.url().includes('_HLS_')) reloads.push(response);
  });
  await playing(page);

  await t.test('its playlists are delta updates once there is something to skip', async () => {
    const isDelta = async (response) => (await response.text()).includes('#EXT-X-SKIP:');
    const delta = await page.waitForResponse(async (response) => response.url().includes('_HLS_skip=YES') && isDelta(response), { timeout: 60_000 });
    assert.equal(delta.status(), 200);
    await page.waitForFunction(() => document.querySelector('video').seekable.end(0) > 40, undefined, { timeout: 60_000 });
    assert.ok(reloads.every((response) => response.status() === 200), reloads.map((response) => response.status()).join());
  });

  await t.test('it plays from the first second, which memory no longer holds', async () => {
    const start = await page.evaluate(() => {
      const video = document.querySelector('video');
      const first = video.seekable.start(0);
      video.currentTime = first + 0.5;
      return first;
    });
    assert.ok(start < 1, `the player reaches back to ${start} s`);
    await playing(page);
    const { position, latency } = await hook(page);
    assert.ok(position < 10, `${position}`);
    assert.ok(latency > 20, `${latency} s behind`);
    // Rewound, the player keeps its speed and does not hurry.
    assert.equal(await page.evaluate(() => document.querySelector('video').playbackRate), 1);
  });

  await t.test('one button leads back to live', async () => {
    await page.hover('video');
    await page.click('estrad-live-button button');
    await page.waitForFunction(() => globalThis.estrad.latency < 6, undefined, { timeout: 20_000 });
    await playing(page);
  });
  assert.deepEqual(page.faults, []);
});
