// Bundles each test of test/ and runs it with node's own runner; then holds the built pages to their budget.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { build } from './build.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = mkdtempSync(path.join(tmpdir(), 'estrad-player-test-'));

await esbuild.build({
  absWorkingDir: root,
  entryPoints: readdirSync(path.join(root, 'test')).filter((name) => name.endsWith('_test.ts')).map((name) => `test/${name}`),
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node18',
  outdir: path.join(out, 'tests'),
  outExtension: { '.js': '.mjs' },
  logLevel: 'warning',
});
await build(path.join(out, 'pages'));

const tests = readdirSync(path.join(out, 'tests')).map((name) => path.join(out, 'tests', name));
const { status } = spawnSync(process.execPath, ['--test', ...tests], {
  stdio: 'inherit',
  env: { ...process.env, ESTRAD_BUILT_PAGES: path.join(out, 'pages') },
});
rmSync(out, { recursive: true, force: true });
process.exit(status ?? 1);
