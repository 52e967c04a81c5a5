// What capped constant quality saves on a talk with slides: bytes of the 720p rung against constant
// bit rate at the same cap and speed, and how much of the picture is lost (SSIM against what the
// presenter sent). By hand:  node tests/bench/slide_bytes.mjs [BUILD_FOLDER] [SECONDS]
import { spawn } from 'node:child_process';
import { mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const build = resolve(process.argv[2] ?? join(root, 'build'));
const seconds = Number(process.argv[3] ?? 60);
const cap = 2_800_000; // bits a second of 720p in pipelines/encoded.json

/** Runs a program to its end and answers its standard error; standard streams may be files. */
async function run(command, args, { input, output } = {}) {
  const stdin = input ? await open(input, 'r') : null;
  const stdout = output ? await open(output, 'w') : null;
  const child = spawn(command, args, { stdio: [stdin?.fd ?? 'ignore', stdout?.fd ?? 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (text) => (errors += text));
  const code = await new Promise((done, failed) => child.on('close', done).on('error', failed));
  await stdin?.close();
  await stdout?.close();
  if (code !== 0) {
    throw new Error(`${command} ended with ${code}: ${errors}`);
  }
  return errors;
}

/**
 * Ten seconds of each slide: a heading, twelve lines of text and a chart. The speaker moves in a corner, with a
 * camera's noise.
 */
function slides() {
  const pages = Array.from({ length: Math.ceil(seconds / 10) }, (_, page) => {
    const during = `enable='between(t,${page * 10},${page * 10 + 9.999})'`;
    const text = (line, words, size) =>
      `drawtext=text='${words}':x=70:y=${60 + line * 44}:fontsize=${size}:fontcolor=0x202040:${during}`;
    const lines = Array.from({ length: 12 }, (_, i) =>
      text(i + 2, `${page + 1}.${i + 1}  Responsibility, budget and follow-up in the municipality, item ${i * 7 + page}`, 24),
    );
    const bar = `drawbox=x=${200 + page * 40}:y=640:w=${160 + page * 30}:h=40:color=0x3060a0:t=fill:${during}`;
    return [text(0, `Part ${page + 1} - what the year will bring`, 44), ...lines, bar].join(',');
  });
  return (
    `[0:v]${pages.join(',')}[slide];` +
    '[1:v]crop=320:240:x=60+30*sin(t*0.7):y=60+20*sin(t*1.3),noise=alls=3:allf=t[speaker];' +
    '[slide][speaker]overlay=x=930:y=30[v]'
  );
}

async function makeSource(file) {
  const inputs = [
    ['-f', 'lavfi', '-i', 'color=0xf4f4f0:size=1280x720:rate=30'],
    ['-f', 'lavfi', '-i', 'mandelbrot=size=480x360:rate=30:end_scale=0.3:end_pts=4000'],
    ['-f', 'lavfi', '-i', 'sine=300:sample_rate=48000'],
  ].flat();
  const video = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '12', '-g', '60', '-pix_fmt', 'yuv420p'];
  await run('ffmpeg', [
    ...['-v', 'error', '-y', ...inputs, '-filter_complex', slides(), '-map', '[v]', '-map', '2:a'],
    ...['-t', String(seconds), ...video, '-c:a', 'aac', '-ac', '2', '-f', 'flv', file],
  ]);
}

/** The top rung of a worker's records (src/pipeline/framing.h), as a file. */
async function topRung(records) {
  const bytes = await readFile(records);
  const pieces = [];
  for (let at = 0; at + 4 <= bytes.length; at += 4 + bytes.readUInt32BE(at)) {
    const record = bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at));
    const type = String.fromCharCode(record[0]);
    if (type === 'I' && record[1] === 0) {
      pieces.push(record.subarray(2));
    } else if (type === 'P' && record[1] === 0) {
      pieces.push(record.subarray(29));
    }
  }
  return Buffer.concat(pieces);
}

async function ssim(file, source) {
  const text = await run('ffmpeg', ['-i', file, '-i', source, '-lavfi', '[0:v][1:v]ssim', '-f', 'null', '-']);
  return Number(/SSIM .*All:([\d.]+)/.exec(text)[1]);
}

const folder = await mkdtemp(join(tmpdir(), 'estrad-slides-'));
try {
  const source = join(folder, 'source.flv');
  await makeSource(source);
  const records = join(folder, 'records');
  const worker = join(build, 'tests/programs/pipeline_worker');
  await run(worker, [join(root, 'pipelines/encoded.json')], { input: source, output: records });
  const ours = join(folder, 'v720.mp4');
  await writeFile(ours, await topRung(records));

  const constant = join(folder, 'constant.mp4');
  const rate = ['-b:v', String(cap), '-maxrate', String(cap), '-bufsize', String(cap)];
  const x264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-bf', '0', '-refs', '1', '-g', '60', '-sc_threshold', '0'];
  await run('ffmpeg', [
    ...['-v', 'error', '-y', '-i', source, '-an', ...x264, ...rate],
    ...['-x264-params', 'sync-lookahead=0:rc-lookahead=2:sliced-threads=0', constant],
  ]);
  const [quality, fixed] = [(await stat(ours)).size, (await stat(constant)).size];
  const kbits = (size) => Math.round((size * 8) / seconds / 1000);
  console.log(
    `slide_bytes: 720p30, ${seconds} s of slides: ${kbits(quality)} kbit/s of constant quality (SSIM ` +
      `${(await ssim(ours, source)).toFixed(4)}) against ${kbits(fixed)} of constant bit rate (SSIM ` +
      `${(await ssim(constant, source)).toFixed(4)}): ratio ${(quality / fixed).toFixed(2)}`,
  );
} finally {
  await rm(folder, { recursive: true });
}
