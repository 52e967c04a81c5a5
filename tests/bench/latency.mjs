// Glass to glass in Chromium, from the barcode in the demo's picture; the first frame of a cold page; stop to recording; resident memory.
//
//   node tests/bench/latency.mjs [seconds=120] [--viewers N] [--set KEY=VALUE]...
//
// `--viewers 50` adds that many that are no browsers (needs scripts/build bench_load); `--set hls.part_ms=200` is `latency: lowest`,
// `--set media.ladder=passthrough` leaves the picture as the presenter encodes it.
import { readFileSync, readdirSync } from 'node:fs';

import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { hook, launch, open, playing } from '../support/node/browser.mjs';
import { Demo } from '../support/node/demo.mjs';
import { Program } from '../support/node/process.mjs';

const { values: options, positionals } = parseArgs({ allowPositionals: true, options: { viewers: { type: 'string' }, set: { type: 'string', multiple: true, default: [] } } });
const seconds = Number(positionals[0] ?? 120);
const demo = await Demo.start({ settings: options.set });
const { address, site } = demo;
const server = demo.program.pid;

const rss = (pid) => Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)?.[1] ?? 0) / 1024;
const children = () => readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((name) => {
  try {
    const parent = Number(readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1].split(' ')[1]);
    return { pid: Number(name), parent, command: readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0') };
  } catch {
    return { parent: 0 };
  }
}).filter(({ parent }) => parent === server);
const quantile = (values, q) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))];

const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
const page = await open(context, address);
await playing(page);

const generator = join(resolve(fileURLToPath(import.meta.url), '../../..'), 'build/tests/bench_load');
const crowd = options.viewers && new Program(generator, [address, '--viewers', options.viewers, '--seconds', String(seconds), '--joining', '5']);
const samples = [];
const latencies = [];
await page.waitForFunction(() => globalThis.estrad?.glass !== null && globalThis.estrad?.glass !== undefined, undefined, { timeout: 30_000 });
const started = Date.now();
const before = await hook(page);
while (Date.now() - started < seconds * 1000) {
  await page.waitForTimeout(250);
  const now = await hook(page);
  if (now.glass !== null) samples.push(now.glass);
  latencies.push(now.latency);
}
const after = await hook(page);
await page.close();
await crowd?.exited;

const cold = [];
for (let i = 0; i < 5; ++i) {
  const fresh = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const view = await fresh.newPage();
  const begun = Date.now();
  await view.goto(address, { waitUntil: 'commit' });
  await view.waitForFunction(() => (document.querySelector('video')?.getVideoPlaybackQuality().totalVideoFrames ?? 0) > 0, undefined, { polling: 10, timeout: 20_000 });
  cold.push((Date.now() - begun) / 1000);
  await fresh.close();
}

const memory = { server: rss(server), pipeline: Math.max(...children().filter(({ command }) => command.includes('pipeline')).map(({ pid }) => rss(pid))) };
const token = (await demo.command('token', 'create', '--name', 'bench', '--role', 'admin')).stdout.trim();
const stopping = performance.now();
const stopped = await fetch(`${site}/api/v1/events/demo/stop`, { method: 'POST', headers: { authorization: `Bearer ${token}` } });
const list = await (await fetch(`${address}/index.m3u8`)).text();
const track = list.split('\n').find((line) => line.endsWith('.m3u8'));
const media = await (await fetch(new URL(track, `${address}/index.m3u8`))).text();
const playable = (performance.now() - stopping) / 1000;

await browser.close();
await demo.close();

console.log(`glass to glass over ${seconds} s: median ${quantile(samples, 0.5).toFixed(2)} s, p95 ${quantile(samples, 0.95).toFixed(2)} s, most ${Math.max(...samples).toFixed(2)} s, ${samples.length} samples; stalls ${after.stalls - before.stalls}, dropped frames ${after.dropped - before.dropped}`);
console.log(`player's own latency: median ${quantile(latencies, 0.5).toFixed(2)} s`);
console.log(`cold page to first frame: ${cold.map((value) => value.toFixed(2)).join(' ')} s (median ${quantile(cold, 0.5).toFixed(2)})`);
console.log(`stop to recording playable at the same address: ${playable.toFixed(3)} s (${stopped.status}, ${media.includes('#EXT-X-ENDLIST') ? 'complete' : 'NOT complete'})`);
console.log(`resident memory: server ${memory.server.toFixed(0)} MB, pipeline ${memory.pipeline.toFixed(0)} MB`);
