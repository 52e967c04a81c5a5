// A small LL-HLS origin of made media: half-second parts, blocking reload, demuxed sound; live by the wall
// clock, and the same as a recording. Enough to try the player without the server.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const parts_in_segment = 4;
const length_s = 120;

/** Makes the parts of one track by ffmpeg; `part_s` of each. */
function make_track(folder, name, source, part_s) {
  if (!existsSync(path.join(folder, `${name}.m3u8`))) {
    execFileSync('ffmpeg', ['-v', 'error', ...source, '-t', String(length_s), '-f', 'hls', '-hls_time', String(part_s),
    '-hls_playlist_type', 'vod', '-hls_segment_type', 'fmp4', '-hls_fmp4_init_filename', `${name}-init.mp4`,
    '-hls_segment_filename', path.join(folder, `${name}-%04d.m4s`), path.join(folder, `${name}.m3u8`)]);
  }
  const files = readdirSync(folder).filter((file) => file.startsWith(`${name}-0`)).sort();
  const durations = readFileSync(path.join(folder, `${name}.m3u8`), 'utf8').match(/#EXTINF:[\d.]+/g).map((line) => Number(line.slice(8)));
  return {
    name, init: readFileSync(path.join(folder, `${name}-init.mp4`)),
    parts: files.map((file, index) => ({ bytes: readFileSync(path.join(folder, file)), duration: durations[index] })),
  };
}

export class Origin {
  constructor() {
    const folder = path.join(tmpdir(), 'estrad-dev-media');
    mkdirSync(folder, { recursive: true });
    const picture = 'testsrc2=size=1280x720:rate=30,drawbox=y=ih*0.94:h=ih*0.06:color=black:t=fill';
    this.tracks = new Map([
      ['v720', make_track(folder, 'v720', ['-f', 'lavfi', '-i', picture, '-c:v', 'libx264', '-preset', 'ultrafast', '-g', '15', '-bf', '0', '-pix_fmt', 'yuv420p'], 0.5)],
      ['a0', make_track(folder, 'a0', ['-f', 'lavfi', '-i', 'sine=frequency=330:sample_rate=48000', '-c:a', 'aac'], 0.512)],
    ]);
    this.started_ms = Date.now() - 20_000;
    this.held = 0;
    this.most_held = 0;
  }

  /** How many parts of the live time line exist now. */
  count() {
    return Math.min(Math.floor((Date.now() - this.started_ms) / 500), 230);
  }

  /** A new reader begins a new time line when the made media are about to run out. */
  multivariant() {
    if (this.count() > 150) {
      this.started_ms = Date.now() - 20_000;
    }
    return `#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="Original",DEFAULT=YES,AUTOSELECT=YES,URI="t/a0.m3u8"\n`
      + `#EXT-X-STREAM-INF:BANDWIDTH=3000000,AVERAGE-BANDWIDTH=2500000,CODECS="avc1.42c01f,mp4a.40.2",RESOLUTION=1280x720,FRAME-RATE=30,AUDIO="a"\nt/v720.m3u8\n`
      + `#EXT-X-STREAM-INF:BANDWIDTH=1500000,AVERAGE-BANDWIDTH=1200000,CODECS="avc1.42c01f,mp4a.40.2",RESOLUTION=1280x720,FRAME-RATE=30,AUDIO="a"\nt/v720.m3u8?low\n`;
  }

  recorded(name) {
    const { parts } = this.tracks.get(name);
    const lines = parts.map(({ duration }, index) => `#EXTINF:${duration},\n${name}/${Math.floor(index / parts_in_segment)}.${index % parts_in_segment}.m4s`);
    return `#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-TARGETDURATION:2\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-MAP:URI="${name}/init.mp4"\n${lines.join('\n')}\n#EXT-X-ENDLIST\n`;
  }

  live(name) {
    const { parts } = this.tracks.get(name);
    const count = this.count();
    const last = Math.floor(count / parts_in_segment);
    const first = Math.max(0, last - 12);
    const lines = [];
    for (let segment = first; segment <= last; ++segment) {
      const here = parts.slice(segment * parts_in_segment, Math.min(count, (segment + 1) * parts_in_segment));
      if (segment >= last - 3) {
        lines.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(this.started_ms + segment * 2000).toISOString()}`);
        here.forEach(({ duration }, part) => lines.push(`#EXT-X-PART:DURATION=${duration},INDEPENDENT=YES,URI="${name}/${segment}.${part}.m4s"`));
      }
      if (here.length === parts_in_segment) {
        lines.push(`#EXTINF:${here.reduce((sum, { duration }) => sum + duration, 0).toFixed(5)},`, `${name}/${segment}.m4s`);
      }
    }
    lines.push(`#EXT-X-PRELOAD-HINT:TYPE=PART,URI="${name}/${last}.${count % parts_in_segment}.m4s"`);
    return `#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-TARGETDURATION:2\n#EXT-X-PART-INF:PART-TARGET=0.512\n`
      + `#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,HOLD-BACK=6,PART-HOLD-BACK=1.536\n#EXT-X-MEDIA-SEQUENCE:${first}\n#EXT-X-MAP:URI="${name}/init.mp4"\n${lines.join('\n')}\n`;
  }

  /** Resolves when the asked-for part is there. */
  async playlist(name, query) {
    const wanted = Number(query.get('_HLS_msn')) * parts_in_segment + Number(query.get('_HLS_part') ?? parts_in_segment - 1) + 1;
    if (query.has('_HLS_msn') && wanted > this.count()) {
      this.most_held = Math.max(this.most_held, ++this.held);
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, this.started_ms + wanted * 500 - Date.now())));
      --this.held;
    }
    return this.live(name);
  }

  media(name, file) {
    const track = this.tracks.get(name);
    if (file === 'init.mp4') {
      return track.init;
    }
    const [segment, part] = file.split('.').map(Number);
    const from = segment * parts_in_segment;
    return Number.isNaN(part) ? Buffer.concat(track.parts.slice(from, from + parts_in_segment).map(({ bytes }) => bytes)) : track.parts[from + part]?.bytes;
  }
}
