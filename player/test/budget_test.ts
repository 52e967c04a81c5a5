import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

const pages = process.env['ESTRAD_BUILT_PAGES'] ?? 'dist';
const manifest = JSON.parse(readFileSync(`${pages}/static/manifest.json`, 'utf8')) as Record<string, string>;

/** The scripts that a page can come to load: its own and every chunk that these name. */
function scripts_of(entry: string, found = new Set<string>()): Set<string> {
  const name = manifest[entry] ?? entry;
  if (!found.has(name)) {
    found.add(name);
    const text = readFileSync(`${pages}/static/${name}`, 'utf8');
    [...text.matchAll(/chunk-[A-Z0-9]{8}\.js/g)].forEach(([chunk]) => scripts_of(chunk, found));
  }
  return found;
}

function gzipped(names: Iterable<string>): number {
  return [...names].reduce((sum, name) => sum + gzipSync(readFileSync(`${pages}/static/${name}`), { level: 6 }).length, 0);
}

test('a viewer\'s page loads at most 250 kB of script, hls.js included', () => {
  const size = gzipped(scripts_of('viewer.js'));
  assert.ok(size > 100_000, `${size} bytes: hls.js is missing?`);
  assert.ok(size <= 250_000, `${size} bytes`);
});

test('the programme loads next to nothing', () => {
  assert.ok(gzipped(scripts_of('programme.js')) < 20_000);
});

test('the manifest has every asset that the server names', () => {
  for (const name of ['viewer.js', 'embed.js', 'programme.js', 'studio.js', 'base.css', 'studio.css', 'favicon.svg']) {
    assert.ok(manifest[name], name);
  }
});

test('nothing refers to another host', () => {
  for (const name of Object.values(manifest)) {
    const text = readFileSync(`${pages}/static/${name}`, 'utf8');
    assert.deepEqual(text.match(/(?:import|fetch)\(["'`]https?:[^"'`]+/g), null, name);
  }
});
