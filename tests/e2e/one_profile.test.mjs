// One Chromium profile over plain HTTP/1.1, so six connections in all: two viewer tabs and a studio preview for two minutes without a stall.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { hook, launch, open, playing } from '../support/node/browser.mjs';
import { binary } from '../support/node/estrad.mjs';
import { Program } from '../support/node/process.mjs';

const minutes = Number(process.env.ESTRAD_TABS_MINUTES ?? 2);

test('two viewer tabs and a studio preview share six connections without a stall', async (t) => {
  const data = mkdtempSync(join(tmpdir(), 'estrad-tabs-'));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  const demo = new Program(binary, ['demo', '--data', data, '--set', 'http.listen=127.0.0.1:0', '--set', 'rtmp.listen=127.0.0.1:0']);
  t.after(() => demo.stop());
  const [, address] = await demo.line(/Watch\s+(\S+)/, { within: 60_000 });
  const [, email, password] = await demo.line(/(\S+@\S+)\s+password (\S+)/);
  const browser = await launch({ args: ['--disable-backgrounding-occluded-windows', '--disable-renderer-backgrounding', '--disable-background-timer-throttling'] });
  t.after(() => browser.close());
  const profile = await browser.newContext({ viewport: { width: 1280, height: 900 } });

  const studio = await open(profile, `${new URL(address).origin}/studio`);
  await studio.fill('#email', email);
  await studio.fill('#password', password);
  await studio.click('.sign-in button[type=submit]');
  await studio.click('a[href*="event/demo"]');
  const first = await open(profile, address);
  const second = await open(profile, address);
  await playing(first);
  await playing(second);
  await playing(studio);
  // The first seconds are the start-up: all three fetch their first segments through the same six connections.
  const steady = async (page) => (await hook(page)).position;
  const from = { stalls: [(await hook(first)).stalls, (await hook(second)).stalls], at: [await steady(first), await steady(second)] };
  const preview = await studio.evaluate(() => document.querySelector('video').currentTime);
  const ended = Date.now() + minutes * 60_000;
  await first.waitForFunction((time) => Date.now() >= time, ended, { timeout: minutes * 60_000 + 30_000, polling: 1000 });
  const now = [await hook(first), await hook(second)];
  t.diagnostic(`stalls ${now.map(({ stalls }, i) => stalls - from.stalls[i])}, latency ${now.map(({ latency }) => latency?.toFixed(2))}`);
  now.forEach((page, i) => {
    assert.equal(page.stalls - from.stalls[i], 0, `tab ${i + 1}`);
    assert.ok(page.position - from.at[i] > minutes * 60 * 0.95, `tab ${i + 1} played ${page.position - from.at[i]} s`);
  });
  assert.ok((await studio.evaluate(() => document.querySelector('video').currentTime)) - preview > minutes * 60 * 0.9);
  assert.deepEqual([...first.faults, ...second.faults, ...studio.faults], []);
});
