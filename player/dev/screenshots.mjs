// Renders every page and state at four widths, light and dark, in Swedish and English, and runs axe-core
// over each: `npm run screenshots [-- FOLDER [FILTER [WIDTHS]]]`. Fails when axe-core finds anything or a page scrolls sideways.
import { mkdirSync, mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { serve } from './server.mjs';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const flags = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', '--autoplay-policy=no-user-gesture-required', '--mute-audio'];
const [folder = path.join(tmpdir(), 'estrad-screenshots'), filter = '', some_widths = '360,768,1280,1920'] = process.argv.slice(2);
const widths = some_widths.split(',').map(Number);

const states = ['planned', 'lobby', 'live', 'paused', 'ended', 'review', 'published', 'withdrawn', 'cancelled', 'archived'];
const pages = [
  { name: 'programme', path: '/' },
  { name: 'programme-empty', path: '/?empty' },
  { name: 'not-found', path: '/nothing' },
  ...states.map((state) => ({ name: `viewer-${state}`, path: `/w/${state}`, plays: state === 'live' || state === 'paused' })),
  { name: 'viewer-asked', path: '/w/live', plays: true, act: ask },
  { name: 'viewer-settings', path: '/w/live', plays: true, act: settings },
  { name: 'viewer-quality', path: '/w/live', plays: true, act: quality },
  { name: 'viewer-statistics', path: '/w/live', plays: true, act: (page) => key(page, 's', '.statistics') },
  { name: 'viewer-keys', path: '/w/live', plays: true, act: (page) => key(page, '?', '.keys[open]') },
  { name: 'viewer-rewound', path: '/w/live', plays: true, act: rewind },
  { name: 'embed-live', path: '/embed/live', plays: true },
  { name: 'embed-planned', path: '/embed/planned' },
  { name: 'studio-sign-in', path: '/studio?signed-out' },
  { name: 'studio-run', path: '/studio', waits: '.run-entry' },
  { name: 'studio-forms', path: '/studio', waits: '.run-entry', act: (page) => page.locator('estrad-run section > .button-quiet').first().click() },
  { name: 'studio-stage', path: '/studio', waits: '.run-entry', act: (page) => page.locator('.stage-entry summary').first().click() },
  { name: 'studio-live', path: '/studio#event/live', waits: '.queue-item', plays: true },
  { name: 'studio-planned', path: '/studio#event/planned', waits: '.queue-item' },
  { name: 'studio-remove', path: '/studio#event/live', waits: '.queue-item', plays: true, act: (page) => page.locator('.q-remove').first().click() },
  { name: 'studio-done', path: '/studio#event/live', waits: '.queue-item', act: approve },
];

async function ask(page) {
  await page.locator('#ask-text').fill('Hur ofta bör prognosen göras om under året?');
  await page.locator('.ask button').click();
  await page.locator('.own').waitFor();
}

async function settings(page) {
  await page.locator('.settings-button').click();
  await page.locator('.settings-menu:not([hidden])').waitFor();
}

async function quality(page) {
  await settings(page);
  await page.locator('.settings-quality').click();
  await page.locator('.settings-quality [role=menu]:not([hidden])').waitFor();
}

async function key(page, name, wanted) {
  await page.locator('.bar-buttons media-play-button').focus();
  await page.keyboard.press(name);
  await page.locator(wanted).waitFor();
}

async function rewind(page) {
  await key(page, 'ArrowLeft', '.player');
  await page.locator('.is-behind').waitFor();
}

async function approve(page) {
  await page.locator('.queue-item').first().focus();
  await page.keyboard.press('a');
  await page.locator('.toast').waitFor();
}

async function look(page, shot, at) {
  await page.goto(at + (shot.path.includes('#') ? shot.path.replace('#', '?lang=' + shot.language + '#') : `${shot.path}${shot.path.includes('?') ? '&' : '?'}lang=${shot.language}`));
  await page.locator(shot.waits ?? '#main').first().waitFor();
  if (shot.plays) {
    await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 0);
  }
  await shot.act?.(page);
  await page.waitForTimeout(shot.plays ? 500 : 150);
  await page.screenshot({ path: path.join(folder, `${shot.name}-${shot.width}-${shot.scheme}-${shot.language}.png`), fullPage: !shot.name.startsWith('embed') });
  await page.addScriptTag({ path: axe });
  return page.evaluate(async () => {
    const found = await window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
    const faults = found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 140)} ${failureSummary}`).join(' | ')}`);
    return document.documentElement.scrollWidth > innerWidth ? [...faults, `scrolls sideways: ${document.documentElement.scrollWidth}`] : faults;
  });
}

mkdirSync(folder, { recursive: true });
const { server, address } = await serve(0, mkdtempSync(path.join(tmpdir(), 'estrad-built-')));
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: flags });
let faults = 0;
for (const width of widths) {
  for (const [scheme, language] of [['light', 'sv'], ['dark', 'en']]) {
    const context = await browser.newContext({
      viewport: { width, height: width < 700 ? 740 : Math.round(width * 0.62) }, colorScheme: scheme, reducedMotion: 'reduce', bypassCSP: true,
      locale: language === 'sv' ? 'sv-SE' : 'en-GB', timezoneId: language === 'sv' ? 'Europe/Stockholm' : 'America/New_York',
    });
    for (const shot of pages.filter(({ name }) => name.includes(filter))) {
      const page = await context.newPage();
      page.on('pageerror', (error) => { ++faults; console.error(`${shot.name}: ${error}`); });
      const found = await look(page, { ...shot, width, scheme, language }, address).catch((error) => [String(error)]);
      found.forEach((fault) => console.error(`${shot.name} ${width} ${scheme} ${language}: ${fault}`));
      faults += found.length;
      await page.close();
    }
    await context.close();
  }
}
await browser.close();
server.closeAllConnections();
server.close();
console.log(`${folder}: ${faults} faults`);
process.exit(faults === 0 ? 0 : 1);
