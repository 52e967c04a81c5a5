// What the benches of delivery stand on: a real server with a real feed, each process on the core where it belongs.
//
// The server has the first core for itself. The load generator has the second, together with the presenter and the pipeline, which take little: the presenter sends a
// clip that was encoded before, and the pipeline makes one small rung with a cheap encoder setting. Its bytes are those of 720p (2.5 Mbit/s), its work is not.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(import.meta.url), '../../..');
const ticksPerSecond = 100;
export const serverCore = '0';
export const loadCore = '1';

/** Ends with what to install when a program is not there. */
export function need(...programs) {
  if (availableParallelism() < 2) throw new Error('the benches of delivery need two cores: one for the server, one for the load');
  const missing = programs.filter((program) => !process.env.PATH.split(':').some((folder) => existsSync(join(folder, program))));
  if (missing.length > 0) {
    console.error(`${missing.join(', ')} missing: scripts/setup bench installs what the benches need`);
    process.exit(69);
  }
}

/** A minute of moving noise that needs all of its 2.5 Mbit/s, made once. */
function clip() {
  const path = join(tmpdir(), 'estrad-bench-2500k.flv');
  if (!existsSync(path)) {
    execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', 'mandelbrot=size=640x360:rate=30,noise=alls=20:allf=t', '-f', 'lavfi', '-i', 'sine=440:sample_rate=48000',
      '-t', '60', '-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-b:v', '2500k', '-minrate', '2500k', '-maxrate', '2500k', '-bufsize', '1250k', '-g', '60',
      '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-b:a', '128k', '-ac', '2', '-f', 'flv', '-y', `${path}.part`]);
    renameSync(`${path}.part`, path);
  }
  return path;
}

/** What starts a program on a core. As root, before all that is none of ours: less of a busy machine is in the figures. */
export function onCore(core, { first = false } = {}) {
  return [...(process.getuid() === 0 ? ['nice', '-n', first ? '-18' : '-15'] : []), 'taskset', '--cpu-list', core];
}

/** An installation of its own, whose only ladder is one cheap rung of 2.5 Mbit/s; what starts its program on its core. */
function install(folder, built) {
  const pipelines = join(folder, 'share/estrad/pipelines');
  mkdirSync(join(folder, 'bin'));
  mkdirSync(join(pipelines, 'encoders'), { recursive: true });
  copyFileSync(built, join(folder, 'bin/estrad'));
  copyFileSync(join(root, 'pipelines/encoders/aac.json'), join(pipelines, 'encoders/aac.json'));
  writeFileSync(join(pipelines, 'standard.json'), JSON.stringify({
    video: [{ height: 360, bitrate: 2_500_000 }], audio: { bitrate: 128_000 }, encoders: { video: 'x264', audio: 'aac' },
  }));
  writeFileSync(join(pipelines, 'encoders/x264.json'), JSON.stringify({
    codec: 'h264', element: 'x264enc', caps: 'video/x-h264,profile=high',
    properties: 'speed-preset=ultrafast bframes=0 threads=1 sliced-threads=false sync-lookahead=0 rc-lookahead=0 pass=cbr bitrate={kbit} vbv-buf-capacity=500 key-int-max={gop} option-string=scenecut=0:nal-hrd=none',
  }));
  const start = join(folder, 'estrad');
  writeFileSync(start, `#!/bin/sh\nexec ${onCore(serverCore).join(' ')} '${folder}/bin/estrad' "$@"\n`, { mode: 0o755 });
  return start;
}

const stat = (pid) => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');

/** The pipelines that a server has started. */
function pipelinesOf(server) {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).filter((pid) => {
    try {
      return Number(stat(pid)[1]) === server && readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[1] === 'pipeline';
    } catch {
      return false; // it has ended meanwhile
    }
  }).map(Number);
}

function pin(pid, core) {
  execFileSync('taskset', ['--all-tasks', '--cpu-list', '--pid', core, String(pid)]);
}

/** CPU seconds of a process so far, all its threads. */
function spent(pid) {
  const fields = stat(pid);
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** CPU seconds of the whole machine so far: all that was busy, and what its host took away. */
function machine() {
  const [user, nice, system, , , irq, softirq, steal] = readFileSync('/proc/stat', 'utf8').split('\n')[0].split(/\s+/).slice(1).map(Number);
  return { busy: (user + nice + system + irq + softirq) / ticksPerSecond, stolen: steal / ticksPerSecond };
}

/** A server that broadcasts. `watch` is the viewers' link. */
export class Rig {
  static async start({ settings = [] } = {}) {
    const rig = new Rig();
    rig.folder = mkdtempSync(join(tmpdir(), 'estrad-bench-'));
    const built = process.env.ESTRAD_BINARY ?? join(root, 'build/estrad');
    process.env.ESTRAD_BINARY = install(rig.folder, built);
    // After the line above: the module reads it when it is loaded.
    const { Estrad } = await import('../support/node/estrad.mjs');
    const { Program, until } = await import('../support/node/process.mjs');
    const { fetchMedia, parseMedia, trackAddresses } = await import('../support/node/playlist.mjs');
    const feed = clip();
    rig.server = await Estrad.start({ settings: ['limits.http_connections=20000', 'limits.http_connections_per_address=20000', ...settings] });
    const { stage, slug, watch } = await rig.server.event('bench');
    rig.watch = watch;
    const [starter, ...rest] = onCore(loadCore);
    rig.presenter = new Program(starter, [...rest, 'ffmpeg', '-v', 'error', '-re', '-stream_loop', '-1', '-i', feed, '-c', 'copy', '-f', 'flv', rig.server.rtmpAddress(stage.key)]);
    await rig.#settle(stage, until, parseMedia);
    await rig.server.api('POST', `/events/${slug}/start`);
    await until(async () => (await fetch(`${watch}/index.m3u8`)).ok);
    [rig.video] = await trackAddresses(watch);
    await until(async () => (await fetchMedia(rig.video)).segments.length >= 6, { within: 60_000 });
    // By now the one that made the slate has ended.
    rig.pipelines = pipelinesOf(rig.server.program.pid);
    for (const pid of rig.pipelines) pin(pid, loadCore);
    return rig;
  }

  /**
   * Waits until the preview holds some seconds: the program date-time of a broadcast is when its first frame was decoded, and a pipeline that has just started is behind for a moment.
   * Everything after would seem to come too early.
   */
  async #settle(stage, until, parseMedia) {
    const headers = { authorization: `Bearer ${this.server.token}` };
    const preview = `${this.server.url}/api/v1/stages/${stage.id}/preview/index.m3u8`;
    const get = async (address) => {
      const response = await fetch(address, { headers });
      return response.ok ? response.text() : undefined;
    };
    const master = await until(() => get(preview), { within: 60_000 });
    const video = new URL(master.split('\n').find((line) => line.endsWith('.m3u8')), preview);
    await until(async () => parseMedia((await get(video)) ?? '#EXTM3U').segments.length >= 4, { within: 60_000 });
  }

  /** What has been spent so far; `coresBetween` says what that means. */
  cpu() {
    return {
      at: performance.now() / 1000, ...machine(), server: spent(this.server.program.pid), presenter: spent(this.presenter.pid),
      pipeline: this.pipelines.map(spent).reduce((sum, value) => sum + value, 0),
    };
  }

  /** Cores that each process, the whole machine and its host took from one cpu() to another. */
  static coresBetween(from, to) {
    const took = to.at - from.at;
    return Object.fromEntries(Object.keys(from).filter((key) => key !== 'at').map((key) => [key, (to[key] - from[key]) / took]));
  }

  async close() {
    await this.presenter?.stop();
    await this.server?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
