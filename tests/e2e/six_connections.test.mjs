// One Chromium profile over plain HTTP/1.1 has six connections in all: two viewer tabs and a studio preview, each of which holds
// playlist requests open, must not keep each other's segments waiting. (Two minutes without a stall: tests/bench/one_profile.test.mjs.)
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { hook, launch, open, playing } from '../support/node/browser.mjs';
import { binary } from '../support/node/estrad.mjs';
import { Program } from '../support/node/process.mjs';

/** Runs in the page: remembers how long each request for media stood in the browser's queue for a connection. */
function watch_queue() {
  globalThis.queued_ms = [];
  new PerformanceObserver((list) => {
    for (const { name, startTime, requestStart } of list.getEntries()) {
      if (name.endsWith('.m4s') && requestStart > 0) globalThis.queued_ms.push(requestStart - startTime);
    }
  }).observe({ type: 'resource', buffered: false });
}

test('three players in one profile leave each other connections', async (t) => {
  const data = mkdtempSync(join(tmpdir(), 'estrad-six-'));
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
  const tabs = [await open(profile, address), await open(profile, address)];
  const pages = [...tabs, studio];
  for (const page of pages) {
    await playing(page);
    await page.evaluate(watch_queue);
  }
  const before = await Promise.all(tabs.map(hook));
  for (const page of pages) {
    await page.waitForFunction(() => globalThis.queued_ms.length >= 150, undefined, { timeout: 120_000, polling: 1000 });
  }
  for (const [i, page] of pages.entries()) {
    const queued = (await page.evaluate(() => globalThis.queued_ms)).sort((a, b) => a - b);
    const p90 = queued[Math.floor(queued.length * 0.9)];
    t.diagnostic(`page ${i + 1}: ${queued.length} requests, in the queue median ${queued[Math.floor(queued.length / 2)].toFixed(0)} ms, p90 ${p90.toFixed(0)} ms`);
    assert.ok(p90 < 250, `page ${i + 1}: one in ten waits ${p90} ms for a connection`);
  }
  for (const [i, page] of (await Promise.all(tabs.map(hook))).entries()) {
    assert.ok(page.position - before[i].position > 20, `tab ${i + 1} plays`);
  }
  assert.deepEqual(pages.flatMap(({ faults }) => faults), []);
});
