// The server dies in the middle of a broadcast. An open page goes on by itself, without a reload.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { hook, launch, open, playing } from '../support/node/browser.mjs';
import { Estrad } from '../support/node/estrad.mjs';
import { until } from '../support/node/process.mjs';
import { publish } from '../support/node/publisher.mjs';

test('an open page survives kill -9 of the server', async (t) => {
  const server = await Estrad.start({ cleanUp: (end) => t.after(end) });
  const { stage, slug, watch } = await server.event('survivor');
  const presenter = publish(server.rtmpAddress(stage.key));
  t.after(() => presenter.stop('SIGKILL'));
  await until(async () => (await server.api('GET', `/stages/${stage.id}/signal`)).connected);
  await server.api('POST', `/events/${slug}/start`);
  const browser = await launch();
  t.after(() => browser.close());
  const page = await open(await browser.newContext(), watch);
  await page.evaluate(() => (globalThis.isTheSamePage = true));
  await playing(page);
  await server.program.stop('SIGKILL');
  await presenter.stop('SIGKILL');
  await server.launch();
  const again = publish(server.rtmpAddress(stage.key));
  t.after(() => again.stop('SIGKILL'));
  await until(async () => (await server.api('GET', `/stages/${stage.id}/signal`)).connected);
  const { position } = await hook(page);
  await page.waitForFunction((from) => globalThis.estrad.position > from + 8, position, { timeout: 60_000 });
  assert.equal(await page.evaluate(() => globalThis.isTheSamePage), true);
  assert.deepEqual(page.faults, []);
});
