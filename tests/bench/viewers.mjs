// Viewers at the live edge: how old is a part when each of a thousand has it? Server and viewers on a core each; see rig.mjs.
//
//   node tests/bench/viewers.mjs [--viewers 1,1000,2000] [--seconds 60] [--audio] [--set KEY=VALUE]... [--json]
//
// The row of a single viewer says what of the age is the pipeline's. 200 ms parts: --set hls.part_ms=200. Needs scripts/build estrad bench_load. Prints a row for docs/BENCHMARKS.md for each crowd. Run it on a quiet machine: the column "others" says how
// many cores went to processes that are none of ours, "stolen" what the host took away.
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { loadCore, need, onCore, Rig } from './rig.mjs';

const { values: options } = parseArgs({ options: {
  viewers: { type: 'string', default: '1,1000,2000' }, seconds: { type: 'string', default: '60' }, joining: { type: 'string', default: '5' },
  audio: { type: 'boolean', default: false }, set: { type: 'string', multiple: true, default: [] }, json: { type: 'boolean', default: false },
} });
need('ffmpeg', 'taskset', 'nice');

const generator = join(resolve(fileURLToPath(import.meta.url), '../../..'), 'build/tests/bench_load');
const rig = await Rig.start({ settings: options.set });
const { Program } = await import('../support/node/process.mjs');

/** One crowd; what it counted, and the cores that were used meanwhile. */
async function measure(viewers) {
  // Before presenter and pipeline, which share its core: they can wait, its clock cannot.
  const [starter, ...rest] = onCore(loadCore, { first: true });
  const crowd = new Program(starter, [...rest, generator, rig.watch, '--viewers', viewers, '--seconds', options.seconds, '--joining', options.joining,
    ...(options.audio ? ['--audio'] : [])]);
  await crowd.line(/measuring/, { within: (Number(options.joining) + 30) * 1000 });
  const before = rig.cpu();
  await new Promise((done) => { setTimeout(done, Number(options.seconds) * 1000); });
  const cores = Rig.coresBetween(before, rig.cpu());
  const { code } = await crowd.exited;
  if (code !== 0) throw new Error(`bench_load ended with ${code}:\n${crowd.output}`);
  const counted = JSON.parse(crowd.output.slice(crowd.output.indexOf('{')));
  cores.others = Math.max(0, cores.busy - cores.server - cores.pipeline - cores.presenter - counted.generator_cores);
  return { counted, cores };
}

const times = (of) => (of === null ? '-' : `${of.p50} / ${of.p95} / ${of.p99} / ${of.max}`);
console.log('| viewers | part age ms p50 / p95 / p99 / max | of it after the first viewer saw it listed | parts: had of expected, late | requests/s | MB/s | bytes of a playlist | cores: server | generator | pipeline | others | stolen |');
console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |');
for (const viewers of options.viewers.split(',')) {
  const { counted, cores } = await measure(viewers);
  if (options.json) console.log(JSON.stringify({ counted, cores }, undefined, 2));
  console.log(`| ${viewers} | ${times(counted.part_age_ms)} | ${times(counted.after_listed_ms)} | ${counted.parts_received} of ${counted.parts_expected}, ${counted.late_parts} | ${counted.requests_per_s} | ${
    (counted.bytes_per_s / 1e6).toFixed(0)} | ${(counted.playlist_bytes / counted.playlists).toFixed(0)} | ${cores.server.toFixed(2)} | ${counted.generator_cores.toFixed(2)} | ${
    (cores.pipeline + cores.presenter).toFixed(2)} | ${cores.others.toFixed(2)} | ${cores.stolen.toFixed(2)} |`);
  const troubles = { refusals: counted.refusals, failures: counted.failures, missing: counted.gaps, idle_reloads: counted.idle_reloads, not_joined: counted.connections - counted.joined };
  if (Object.values(troubles).some((trouble) => (typeof trouble === 'object' ? Object.keys(trouble).length > 0 : trouble > 0))) console.log(JSON.stringify(troubles));
}
await rig.close();
