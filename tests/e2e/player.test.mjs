// The player in a viewer's hands: its menus, its keys, its numbers, and what it does when the network or the machine goes away.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { axeSource, hook, launch, launchSleeper, open, playing } from '../support/node/browser.mjs';
import { Demo } from '../support/node/demo.mjs';
import { until } from '../support/node/process.mjs';

/** How near to its target latency counts as being there: what the player corrects by its speed alone. */
const near_target_s = 1;

/** Waits until the picture moves and has been as far behind live as it is meant to be for two seconds on end. */
async function at_target(page, within) {
  await page.evaluate(() => (globalThis.near_since_ms = null));
  await page.waitForFunction((near) => {
    const { playing: is_playing, latency, targetLatency } = globalThis.estrad;
    const is_near = is_playing && latency !== null && Math.abs(latency - targetLatency) < near;
    globalThis.near_since_ms = is_near ? globalThis.near_since_ms ?? performance.now() : null;
    return is_near && performance.now() - globalThis.near_since_ms > 2000;
  }, near_target_s, { timeout: within });
}

/** Opens the settings menu by keyboard, and the submenu of that name. */
async function open_menu(page, name) {
  await page.locator('media-settings-menu-button').focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement.closest('.settings-menu'));
  if (name) {
    while (!await page.evaluate((wanted) => document.activeElement.matches(wanted), `.settings-${name}`)) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForFunction((wanted) => document.activeElement.matches(wanted), `.settings-${name} [role=menuitemradio]`);
  }
}

async function choose(page, name, label) {
  await open_menu(page, name);
  const items = page.locator(`.settings-${name} [role=menuitemradio]`);
  const labels = (await items.allTextContents()).map((text) => text.trim());
  const index = labels.findIndex((text) => text === label || text.startsWith(`${label} (`));
  assert.ok(index >= 0, `${label} is not among ${labels}`);
  for (let step = 0; step < index; ++step) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  return labels;
}

async function press(page, key) {
  await page.locator('.bar-buttons media-play-button').focus();
  await page.keyboard.press(key);
}

async function violations(page) {
  await page.evaluate(readFileSync(axeSource(), 'utf8'));
  const result = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] }));
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

/** The tracks ("v720") of the media files that the page asks for from here on. */
function asked_tracks(page) {
  const tracks = [];
  page.on('request', (request) => {
    const [, track] = /\/([av]\d+)\/[^/]+\.m(?:4s|p4)$/.exec(new URL(request.url()).pathname) ?? [];
    if (track) tracks.push(track);
  });
  return tracks;
}

/** Adds to what the page gets of a stream: the same sound once more, as English, and captions in Swedish. */
async function add_captions_and_language(page) {
  await page.route('**/index.m3u8', async (route) => {
    const response = await route.fetch();
    const lines = (await response.text()).split('\n');
    const sound = lines.findIndex((line) => line.startsWith('#EXT-X-MEDIA:TYPE=AUDIO'));
    const english = lines[sound].replace(/NAME="[^"]*"/, 'NAME="English"').replace(/LANGUAGE="[^"]*",/, '').replace('DEFAULT=YES', 'DEFAULT=NO,LANGUAGE="en"').replace('.m3u8"', '.m3u8?english"');
    const captions = '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="subs",NAME="Svenska",LANGUAGE="sv",DEFAULT=NO,AUTOSELECT=NO,URI="/captions.m3u8"';
    lines.splice(sound + 1, 0, english, captions);
    const body = lines.join('\n').replace(/CLOSED-CAPTIONS=NONE/g, 'SUBTITLES="subs",CLOSED-CAPTIONS=NONE');
    await route.fulfill({ response, body });
  });
  await page.route('**/captions.m3u8', (route) => route.fulfill({
    contentType: 'application/vnd.apple.mpegurl',
    body: '#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-TARGETDURATION:600\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXTINF:600,\n/captions.vtt\n#EXT-X-ENDLIST\n',
  }));
  await page.route('**/captions.vtt', (route) => route.fulfill({ contentType: 'text/vtt', body: 'WEBVTT\n\n00:00:00.000 --> 00:10:00.000\nEn rad text\n' }));
}

test('the player', async (t) => {
  const demo = await Demo.start({ cleanUp: (end) => t.after(end) });
  const address = `${demo.address}?lang=en`;
  const browser = await launch();
  t.after(() => browser.close());
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await open(context, address);
  await playing(page);

  await t.test('quality: Automatic, each rung, and the sound alone; a choice changes the rung', async () => {
    const labels = await choose(page, 'quality', '360p');
    assert.match(labels[0], /^Automatic/);
    assert.deepEqual(labels.slice(1), ['720p', '480p', '360p', 'Audio only']);
    await page.waitForFunction(() => globalThis.estrad.level === '360p' && document.querySelector('video').videoHeight === 360, undefined, { timeout: 30_000 });
    await choose(page, 'quality', '720p');
    await page.waitForFunction(() => globalThis.estrad.level === '720p' && document.querySelector('video').videoHeight === 720, undefined, { timeout: 30_000 });
  });

  await t.test('a choice is kept on reload', async () => {
    await page.reload();
    await playing(page);
    await page.waitForFunction(() => globalThis.estrad.level === '720p', undefined, { timeout: 30_000 });
  });

  await t.test('audio only plays sound, and fetches no picture, also on reload', async () => {
    await choose(page, 'quality', 'Audio only');
    await page.waitForFunction(() => document.querySelector('video').videoWidth === 0, undefined, { timeout: 30_000 });
    await playing(page);
    await page.locator('.sound-alone').waitFor();
    const tracks = asked_tracks(page);
    await page.reload();
    await playing(page);
    const { position } = await hook(page);
    await page.waitForFunction((from) => globalThis.estrad.position > from + 3, position, { timeout: 30_000 });
    assert.ok(tracks.length > 0 && tracks.every((track) => track.startsWith('a')), `asked for ${[...new Set(tracks)]}`);
    assert.equal((await hook(page)).level, 'Audio only');
    assert.ok(await page.evaluate(() => document.querySelector('video').webkitAudioDecodedByteCount > 0), 'sound is decoded');
    await choose(page, 'quality', '480p');
    await page.waitForFunction(() => document.querySelector('video').videoHeight === 480, undefined, { timeout: 30_000 });
    await choose(page, 'quality', 'Automatic');
    await at_target(page, 30_000);
  });

  await t.test('statistics: by key and from the menu, with numbers in them', async () => {
    await press(page, 's');
    const panel = page.locator('.statistics');
    await panel.waitFor();
    const rows = await panel.locator('dl > div').evaluateAll((all) => Object.fromEntries(all.map((row) => [row.children[0].textContent, row.children[1].textContent])));
    assert.deepEqual(Object.keys(rows), ['Behind live', 'Buffered ahead', 'Quality', 'Dropped frames', 'Stalls', 'Speed', 'Connection']);
    assert.match(rows['Behind live'], /^\d+\.\d s \(target \d+\.\d s\)$/);
    assert.match(rows.Quality, /^\d+p .*fps/);
    assert.match(rows.Connection, /^connected/);
    assert.deepEqual(await violations(page), []);
    await press(page, 's');
    await panel.waitFor({ state: 'detached' });
    await open_menu(page);
    while (!await page.evaluate(() => document.activeElement.matches('.settings-statistics'))) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await panel.waitFor();
    await page.locator('.statistics-close').click();
    await panel.waitFor({ state: 'detached' });
  });

  await t.test('keys: pause, mute, rewind, back to live, help; and none of them while a question is typed', async () => {
    const video = (what) => page.evaluate((name) => document.querySelector('video')[name], what);
    await press(page, 'k');
    assert.equal(await video('paused'), true);
    await press(page, 'k');
    await page.waitForFunction(() => !document.querySelector('video').paused);
    await press(page, 'm');
    assert.equal(await video('muted'), true);
    await press(page, 'm');
    await press(page, 'ArrowLeft');
    await page.locator('.live-button.is-behind').waitFor();
    await page.locator('.behind-by').waitFor();
    assert.match(await page.locator('.behind-by').innerText(), /−0:1\d/);
    await choose(page, 'speed', '1.5×');
    await page.waitForFunction(() => document.querySelector('video').playbackRate === 1.5);
    await press(page, 'End');
    await page.locator('.live-button:not(.is-behind)').waitFor();
    await at_target(page, 15_000);
    await press(page, 'j');
    await page.locator('.live-button.is-behind').press('Space');
    await page.locator('.live-button:not(.is-behind)').waitFor();
    assert.equal(await video('paused'), false);
    await press(page, '?');
    await page.locator('.keys[open]').waitFor();
    assert.deepEqual(await violations(page), []);
    await page.keyboard.press('Escape');
    await page.locator('.keys[open]').waitFor({ state: 'hidden' });
    await page.fill('#ask-text', 'smk?');
    await page.locator('#ask-text').press('s');
    assert.equal(await page.locator('.statistics').count(), 0);
  });

  await t.test('an open menu has no fault that axe-core sees', async () => {
    await open_menu(page, 'quality');
    assert.deepEqual(await violations(page), []);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
  });

  await t.test('captions and languages are offered only where the stream has them', async () => {
    assert.equal(await page.locator('.settings-captions, .settings-language, media-captions-button').count(), 0);
    const other = await context.newPage();
    await add_captions_and_language(other);
    await other.goto(address);
    await playing(other);
    const shown = () => other.evaluate(() => Array.from(document.querySelector('video').textTracks).filter(({ mode }) => mode === 'showing').map(({ label }) => label));
    await other.locator('media-captions-button').waitFor();
    assert.deepEqual(await choose(other, 'captions', 'Svenska'), ['Off', 'Svenska']);
    await other.waitForFunction(() => document.querySelector('video').textTracks[0].mode === 'showing');
    assert.deepEqual(await shown(), ['Svenska']);
    await press(other, 'c');
    await other.waitForFunction(() => document.querySelector('video').textTracks[0].mode !== 'showing');
    const english = other.waitForRequest(/\.m3u8\?english/);
    assert.equal((await choose(other, 'language', 'English')).length, 2);
    await english;
    await playing(other);
    await other.close();
  });

  await t.test('ten seconds offline: back at the target latency within thirty', async () => {
    await at_target(page, 30_000);
    await context.setOffline(true);
    const until_ms = Date.now() + 10_000;
    await until(() => Date.now() > until_ms);
    const from = Date.now();
    await context.setOffline(false);
    await at_target(page, 30_000);
    t.diagnostic(`back after ${((Date.now() - from) / 1000).toFixed(1)} s`);
    const { position } = await hook(page);
    await page.waitForFunction((time) => globalThis.estrad.position !== time, position);
  });

  await t.test('Save-Data starts on the lowest rung', async () => {
    const saving = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    await saving.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: Object.assign(new EventTarget(), { saveData: true }) }));
    const other = await saving.newPage();
    const tracks = asked_tracks(other);
    await other.goto(address);
    await playing(other);
    assert.equal(tracks.find((track) => track.startsWith('v')), 'v360', `asked for ${tracks}`);
    await saving.close();
  });

  assert.deepEqual(page.faults, []);
});

test('a machine that slept for a while is back at the target latency within thirty seconds', async (t) => {
  const demo = await Demo.start({ cleanUp: (end) => t.after(end) });
  const machine = await launchSleeper();
  t.after(() => machine.close());
  const page = await open(await machine.browser.newContext({ viewport: { width: 1280, height: 900 } }), demo.address);
  await playing(page);
  await at_target(page, 60_000);
  await page.evaluate(() => {
    globalThis.longest_gap_ms = 0;
    let last = Date.now();
    setInterval(() => {
      globalThis.longest_gap_ms = Math.max(globalThis.longest_gap_ms, Date.now() - last);
      last = Date.now();
    }, 100);
  });
  const { position } = await hook(page);
  machine.sleep();
  const until_ms = Date.now() + 20_000;
  await until(() => Date.now() > until_ms, { within: 30_000 });
  machine.wake();
  const from = Date.now();
  await page.waitForFunction((time) => globalThis.estrad.position > time + 1, position, { timeout: 30_000 });
  await at_target(page, 30_000 - (Date.now() - from));
  t.diagnostic(`back after ${((Date.now() - from) / 1000).toFixed(1)} s`);
  assert.ok(await page.evaluate(() => globalThis.longest_gap_ms) > 15_000, 'the page did sleep');
  assert.deepEqual(page.faults, []);
});
