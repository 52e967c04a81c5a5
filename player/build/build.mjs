// Builds everything the server hands to browsers: `node build/build.mjs [--out DIR]` (dist/ by default).
//   DIR/static/<name>-<hash>.<ext>   DIR/static/manifest.json   DIR/locales/*.json   DIR/estrad.gresource.xml
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { hls_flags, hls_from_source } from './hls.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

const options = {
  absWorkingDir: root,
  entryPoints: ['viewer.ts', 'embed.ts', 'programme.ts', 'studio.ts', 'styles/base.css', 'styles/studio.css']
    .map((name) => `src/${name}`),
  bundle: true,
  splitting: true,
  format: 'esm',
  target: ['es2021', 'safari15'],
  minify: true,
  legalComments: 'none',
  metafile: true,
  write: false,
  entryNames: '[name]-[hash]',
  chunkNames: 'chunk-[hash]',
  define: { ...hls_flags, 'process.env.NODE_ENV': '"production"' },
  plugins: [hls_from_source],
  logLevel: 'warning',
};

/** Logical name of an output: the entry's own, or the chunk's hashed one. */
function logical_name(output, hashed) {
  return output.entryPoint && !hashed.startsWith('chunk-')
    ? path.basename(output.entryPoint).replace(/\.ts$/, '.js')
    : hashed;
}

/** All outputs that `file` imports, directly or not, by imports of these kinds. */
function imports_of(file, outputs, kinds, found = new Set()) {
  for (const { path: next, kind } of outputs.get(file)?.imports ?? []) {
    const target = path.resolve(root, next);
    if (kinds.includes(kind) && !found.has(target)) {
      found.add(target);
      imports_of(target, outputs, kinds, found);
    }
  }
  return found;
}

/** What the browser will want next once it has an entry's script: chunks that it imports, and those that it imports when it plays. */
function preloads_of(outputs) {
  const entries = [...outputs].filter(([file, { entryPoint }]) => entryPoint?.endsWith('.ts') && file.endsWith('.js') && !path.basename(file).startsWith('chunk-'));
  return Object.fromEntries(entries.map(([file, { entryPoint }]) => {
    const now = imports_of(file, outputs, ['import-statement']);
    const playing = [...imports_of(file, outputs, ['import-statement', 'dynamic-import'])].filter((name) => !now.has(name));
    const names = (files) => [...files].map((name) => path.basename(name)).sort();
    return [path.basename(entryPoint).replace(/\.ts$/, '.js'), { now: names(now), playing: names(playing) }];
  }));
}

async function write_scripts(out) {
  const built = await esbuild.build({ ...options, outdir: path.join(out, 'static') });
  const outputs = new Map(Object.entries(built.metafile.outputs).map(([name, output]) => [path.resolve(root, name), output]));
  const manifest = {};
  for (const { path: file, contents } of built.outputFiles) {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, contents);
    const hashed = path.basename(file);
    manifest[logical_name(outputs.get(file), hashed)] = hashed;
  }
  await writeFile(path.join(out, 'static/preloads.json'), `${JSON.stringify(preloads_of(outputs), null, 2)}\n`);
  return manifest;
}

async function write_pictures(out) {
  const manifest = {};
  for (const name of await readdir(path.join(root, 'src/pictures'))) {
    const bytes = await readFile(path.join(root, 'src/pictures', name));
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 8).toUpperCase();
    const { name: stem, ext } = path.parse(name);
    manifest[name] = `${stem}-${hash}${ext}`;
    await writeFile(path.join(out, 'static', manifest[name]), bytes);
  }
  return manifest;
}

async function write_locales(out) {
  await mkdir(path.join(out, 'locales'), { recursive: true });
  for (const name of ['sv.json', 'en.json']) {
    await writeFile(path.join(out, 'locales', name), await readFile(path.join(root, 'locales', name)));
  }
}

async function write_resource_list(out, manifest) {
  const files = [...Object.values(manifest).map((name) => `static/${name}`), 'static/manifest.json', 'static/preloads.json', 'locales/sv.json', 'locales/en.json'];
  const lines = files.sort().map((name) => `    <file>${name}</file>`);
  await writeFile(path.join(out, 'estrad.gresource.xml'),
    `<?xml version="1.0" encoding="UTF-8"?>\n<gresources>\n  <gresource prefix="/estrad">\n${lines.join('\n')}\n  </gresource>\n</gresources>\n`);
}

/** Builds into `out`, which is emptied first, and gives the manifest. */
export async function build(out) {
  await rm(path.join(out, 'static'), { recursive: true, force: true });
  await mkdir(path.join(out, 'static'), { recursive: true });
  const manifest = { ...(await write_scripts(out)), ...(await write_pictures(out)) };
  await writeFile(path.join(out, 'static/manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await write_locales(out);
  await write_resource_list(out, manifest);
  return manifest;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const at = process.argv.indexOf('--out');
  await build(path.resolve(at > 0 ? process.argv[at + 1] : path.join(root, 'dist')));
}
