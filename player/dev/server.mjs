// The built pages with sample data, to look at while working on them: `npm run serve`, then
// http://127.0.0.1:8099/, /w/STATE, /embed/STATE, /studio, /studio?signed-out. No server of ours is needed.
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../build/build.mjs';
import { Origin } from './origin.mjs';
import { embed_page, message_page, programme_page, studio_page, viewer_page } from './pages.mjs';
import { event_of, log_of, signals, staff_events, staff_questions, stages, states } from './samples.mjs';

const types = { '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json' };
const session = { email: 'eva@example.org', role: 'producer', csrf: 'sample' };

function media_response(origin, url) {
  const [, slug, rest] = /^\/(?:w|api\/v1\/stages)\/([a-z0-9-]+)\/(?:preview\/)?(.*)$/.exec(url.pathname) ?? [];
  const track = /^t\/(v720|a0)\.m3u8$/.exec(rest ?? '')?.[1];
  const [, name, file] = /^t\/(v720|a0)\/(.+)$/.exec(rest ?? '') ?? [];
  if (rest === 'index.m3u8') {
    return origin.multivariant();
  }
  if (track) {
    return slug === 'published' ? origin.recorded(track) : origin.playlist(track, url.searchParams);
  }
  return name ? origin.media(name, file) : null;
}

function api_response(url, method, body) {
  const [kind, id, part, last] = url.pathname.replace('/api/v1/', '').split('/');
  const event = staff_events.find(({ slug }) => slug === id);
  if (kind === 'session') {
    return session;
  }
  if (kind === 'stages') {
    return part === 'signal' ? signals[id] : { items: stages };
  }
  if (kind === 'events' && !id) {
    return { items: staff_events };
  }
  if (kind === 'events' && part === 'questions') {
    const question = staff_questions.find((known) => known.id === last);
    return method === 'PATCH' ? Object.assign(question, body) : { items: staff_questions };
  }
  if (kind === 'events' && method === 'POST') {
    const state = { start: 'live', stop: 'review', pause: 'paused', resume: 'live', reopen: 'live', publish: 'published', withdraw: 'withdrawn' }[part];
    return Object.assign(event, state ? { state } : {});
  }
  return event ?? null;
}

function page_response(url, manifest) {
  const language = url.searchParams.get('lang') ?? 'sv';
  const [, kind, slug] = url.pathname.split('/');
  if (kind === '') {
    return programme_page(language, manifest, url.searchParams.has('empty'));
  }
  if (kind === 'studio') {
    return studio_page(language, manifest, url.searchParams.has('signed-out') ? null : session);
  }
  if (states.includes(slug) && (kind === 'w' || kind === 'embed')) {
    return (kind === 'w' ? viewer_page : embed_page)(event_of(slug), log_of(slug), language, manifest);
  }
  return message_page(language, manifest);
}

async function body_of(request) {
  const chunks = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : {};
}

/** Starts it on a port (0: any) and gives the server; `out` is where the built files are. */
export async function serve(port, out) {
  const manifest = await build(out);
  const origin = new Origin();
  const server = http.createServer(async (request, response) => {
    const url = new URL(request.url, 'http://127.0.0.1');
    const send = (content, type) => {
      response.writeHead(content === null || content === undefined ? 404 : 200, { 'Content-Type': type, 'Cache-Control': 'no-store' });
      response.end(content ?? '');
    };
    const asked = /^\/w\/([a-z]+)\/(log|questions)/.exec(url.pathname);
    if (url.pathname.startsWith('/static/')) {
      send(await readFile(path.join(out, url.pathname)).catch(() => null), types[path.extname(url.pathname)]);
    } else if (url.pathname.endsWith('/console')) {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write('event: presence\ndata: {"viewers":312}\n\n');
    } else if (/\.(m3u8|m4s|mp4)$/.test(url.pathname)) {
      send(await media_response(origin, url), url.pathname.endsWith('m3u8') ? 'application/vnd.apple.mpegurl' : 'video/mp4');
    } else if (asked?.[2] === 'log') {
      send(JSON.stringify(log_of(asked[1])), types['.json']);
    } else if (asked) {
      const { text } = request.method === 'POST' ? await body_of(request) : {};
      send(JSON.stringify({ id: `own-${text?.length ?? 0}`, state: 'pending', secret: 's' }), types['.json']);
    } else if (url.pathname.startsWith('/api/')) {
      send(JSON.stringify(api_response(url, request.method, await body_of(request))), types['.json']);
    } else {
      send(page_response(url, manifest), 'text/html; charset=utf-8');
    }
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { server, origin, address: `http://127.0.0.1:${server.address().port}` };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { address } = await serve(8099, fileURLToPath(new URL('../dist', import.meta.url)));
  console.log(address);
}
