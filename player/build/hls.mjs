// hls.js from its TypeScript source, with alternate audio and subtitles and nothing else:
// no DRM, no CMCD, no content steering, no interstitials, no I-frame tracks, no worker.
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('../node_modules/hls.js/src/', import.meta.url));
const empty = fileURLToPath(new URL('./hls_left_out.ts', import.meta.url));

/** Modules that the flags below make unreachable, but that a bundler would keep. */
const left_out = new Set([
  'cmcd-controller',
  'content-steering-controller',
  'eme-controller',
  'iframe-controller',
  'iframe-stream-controller',
  'image-iframe-stream-controller',
  'interstitials-controller',
  'interstitial-player',
  'interstitials-schedule',
  'tsdemuxer',
  'aacdemuxer',
  'mp3demuxer',
]);

export const hls_flags = {
  __VERSION__: '"estrad"',
  __USE_ALT_AUDIO__: 'true',
  __USE_SUBTITLES__: 'true',
  __USE_EME_DRM__: 'false',
  __USE_CMCD__: 'false',
  __USE_CONTENT_STEERING__: 'false',
  __USE_VARIABLE_SUBSTITUTION__: 'false',
  __USE_M2TS_ADVANCED_CODECS__: 'false',
  __USE_MEDIA_CAPABILITIES__: 'false',
  __USE_INTERSTITIALS__: 'false',
  __USE_IFRAMES__: 'false',
  __IN_WORKER__: 'false',
  __HLS_WORKER_BUNDLE__: 'undefined',
};

export const hls_from_source = {
  name: 'hls-from-source',
  setup(build) {
    build.onResolve({ filter: /^hls\.js$/ }, () => ({ path: `${source}hls.ts`, sideEffects: false }));
    build.onResolve({ filter: /^\./ }, (request) => {
      const name = request.path.split('/').pop();
      if (request.importer.startsWith(source) && left_out.has(name)) {
        return { path: empty, sideEffects: false };
      }
      return undefined;
    });
  },
};
