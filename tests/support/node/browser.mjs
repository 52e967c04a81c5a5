// Debian's Chromium, driven by playwright-core from the player's development packages.
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(import.meta.url), '../../../..');
const require = createRequire(`${root}/player/dev/package.json`);
const { chromium } = require('playwright-core');

export const axeSource = () => require.resolve('axe-core/axe.min.js');

const flags = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--autoplay-policy=no-user-gesture-required', '--disable-quic', '--mute-audio'];

/** A new browser with an empty profile. */
export function launch({ args = [] } = {}) {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: [...flags, ...args] });
}

/** A browser whose machine can sleep: `sleep` stops all its processes while the clock runs on, `wake` lets them go on. */
export async function launchSleeper() {
  const server = await chromium.launchServer({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: flags });
  const browser = await chromium.connect(server.wsEndpoint());
  // Playwright makes the browser the leader of a process group of its own.
  const signal = (name) => process.kill(-server.process().pid, name);
  return { browser, sleep: () => signal('SIGSTOP'), wake: () => signal('SIGCONT'), close: async () => { signal('SIGCONT'); await server.close(); } };
}

/** Opens a page and keeps what went wrong in it: errors of scripts, failed requests to other hosts. */
export async function open(context, address) {
  const page = await context.newPage();
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(String(error)));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.hostname !== '127.0.0.1') page.faults.push(`third-party request ${url.href}`);
  });
  await page.goto(address, { waitUntil: 'domcontentloaded' });
  return page;
}

/** The page's test hook as it is now. */
export const hook = (page) => page.evaluate(() => ({ ...globalThis.estrad }));

/** Waits until the page's video plays and its time moves. */
export async function playing(page, within = 30_000) {
  await page.waitForFunction(() => {
    const video = document.querySelector('video');
    return video && !video.paused && video.readyState >= 3 && video.currentTime > 0;
  }, undefined, { timeout: within });
  const from = await page.evaluate(() => document.querySelector('video').currentTime);
  await page.waitForFunction((time) => document.querySelector('video').currentTime > time + 0.5, from, { timeout: within });
}
