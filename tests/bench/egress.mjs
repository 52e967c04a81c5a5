// How fast finished bytes go out: wrk against the server, and against nginx (one worker, the same files on disk) in the same run, for a part, a complete segment and a plain playlist.
//
//   node tests/bench/egress.mjs [--seconds 6] [--rounds 3] [--connections 64] [--set KEY=VALUE]...
//
// Server and nginx on one core, wrk on the other; see rig.mjs. Each round measures one after the other, and takes the newest part and segment anew, which the server still holds in memory.
import { chmodSync, mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { loadCore, need, onCore, Rig, serverCore } from './rig.mjs';

const { values: options } = parseArgs({ options: {
  seconds: { type: 'string', default: '6' }, rounds: { type: 'string', default: '3' }, connections: { type: 'string', default: '64' },
  set: { type: 'string', multiple: true, default: [] },
} });
process.env.PATH += ':/usr/sbin';
need('ffmpeg', 'taskset', 'wrk', 'nginx');

const rig = await Rig.start({ settings: options.set });
const { Program, run, until } = await import('../support/node/process.mjs');
const { fetchMedia } = await import('../support/node/playlist.mjs');

const folder = mkdtempSync(join(tmpdir(), 'estrad-bench-nginx-'));
// A port below the ephemeral ones; nginx says so when it is taken.
const nginxPort = 18_088;
// nginx's worker is another user when this one is root.
chmodSync(folder, 0o755);
mkdirSync(join(folder, 'files'));
writeFileSync(join(folder, 'nginx.conf'), `
worker_processes 1;
pid ${folder}/pid;
error_log ${folder}/error.log;
daemon off;
events { worker_connections 4096; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  tcp_nodelay on;
  keepalive_requests 1000000000;
  open_file_cache max=100;
  types { video/mp4 m4s; application/vnd.apple.mpegurl m3u8; }
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi; uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
  server { listen 127.0.0.1:${nginxPort}; root ${folder}/files; }
}
`);
const [starter, ...rest] = onCore(serverCore);
const nginx = new Program(starter, [...rest, 'nginx', '-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')]);

/** The newest things of each kind, and their copies for nginx, which takes files that it has once opened for unchanged. */
let copies = 0;
async function newest() {
  ++copies;
  const list = await fetchMedia(rig.video);
  const addresses = {
    part: new URL(list.segments.at(-1).parts.at(-1).uri, rig.video).href,
    segment: new URL(list.segments.at(-1).uri, rig.video).href,
    playlist: rig.video,
  };
  const things = [];
  for (const [kind, address] of Object.entries(addresses)) {
    const bytes = Buffer.from(await (await fetch(address, { headers: { 'accept-encoding': 'identity' } })).arrayBuffer());
    const name = `${copies}-${kind}${kind === 'playlist' ? '.m3u8' : '.m4s'}`;
    writeFileSync(join(folder, 'files', name), bytes);
    things.push({ kind, address, copy: `http://127.0.0.1:${nginxPort}/${name}`, size: bytes.length });
  }
  return things;
}

/** Answers a second that wrk counts; fails when not all were good. */
async function rate(address) {
  const { code, stdout, stderr } = await run(onCore(loadCore)[0], [...onCore(loadCore).slice(1), 'wrk', '-t', '1', '-c', options.connections, '-d', `${options.seconds}s`, '--timeout', '10s', address]);
  const found = stdout.match(/Requests\/sec:\s+([\d.]+)/);
  const bad = stdout.match(/Non-2xx.*|Socket errors.*/);
  if (code !== 0 || !found || bad) throw new Error(`wrk ${address}: ${bad ?? ''} ${stdout} ${stderr}`);
  return Number(found[1]);
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

try {
  await until(async () => {
    if (nginx.exit) throw new Error(`nginx ended:\n${nginx.output}`);
    return fetch(`http://127.0.0.1:${nginxPort}/`).then(() => true, () => false);
  });
  const rates = {};
  for (let round = 0; round < Number(options.rounds); ++round) {
    for (const kind of ['part', 'segment', 'playlist']) {
      const thing = (await newest()).find((one) => one.kind === kind);
      const row = (rates[kind] ??= { ours: [], theirs: [], sizes: [], ratios: [], others: [] });
      const before = rig.cpu();
      const ours = await rate(thing.address);
      const cores = Rig.coresBetween(before, rig.cpu());
      const theirs = await rate(thing.copy);
      row.ours.push(ours);
      row.theirs.push(theirs);
      row.ratios.push(ours / theirs);
      row.sizes.push(thing.size);
      row.others.push(Math.max(0, cores.busy - cores.server - cores.pipeline - cores.presenter - 1));
    }
  }
  console.log('| what | bytes | answers/s | nginx | ratio (median of rounds) | ratios | cores taken by others |');
  console.log('| --- | --- | --- | --- | --- | --- | --- |');
  for (const [kind, row] of Object.entries(rates)) {
    console.log(`| ${kind} | ${median(row.sizes)} | ${median(row.ours).toFixed(0)} | ${median(row.theirs).toFixed(0)} | ${median(row.ratios).toFixed(2)} | ${
      row.ratios.map((ratio) => ratio.toFixed(2)).join(' ')} | ${median(row.others).toFixed(2)} |`);
  }
} finally {
  await nginx.stop('SIGQUIT');
  await rig.close();
  rmSync(folder, { recursive: true, force: true });
}
