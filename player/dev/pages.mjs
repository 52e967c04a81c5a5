// The server's markup as README.md describes it: the pages of this development server.
import { readFileSync } from 'node:fs';

const locales = Object.fromEntries(['sv', 'en'].map((language) =>
  [language, JSON.parse(readFileSync(new URL(`../locales/${language}.json`, import.meta.url)))]));

const escape = (text) => String(text).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const json = (data) => JSON.stringify(data).replace(/</g, '\\u003c');

export function texts(language) {
  return (key, values = {}) => (locales[language][key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function page({ language, title, body, body_class = '', script, data, styles = ['base.css'], manifest, has_frame = true }) {
  const t = texts(language);
  const other = language === 'sv' ? 'en' : 'sv';
  return `<!doctype html>
<html lang="${language}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>${escape(title)} – Föreningen Kommunal ekonomi</title>
  <link rel="icon" href="/static/${manifest['favicon.svg']}" type="image/svg+xml">
  ${styles.map((name) => `<link rel="stylesheet" href="/static/${manifest[name]}">`).join('\n  ')}
  ${script ? `<script type="module" src="/static/${manifest[script]}"></script>` : ''}
</head>
<body class="${body_class}">
  ${has_frame ? `<a class="skip" href="#main">${t('page.skip')}</a>
  <header class="site-head">
    <a class="brand" href="/">Föreningen Kommunal ekonomi</a>
    <nav class="languages" aria-label="${t('page.language')}"><a href="?lang=${other}" hreflang="${other}" lang="${other}">${other === 'en' ? 'English' : 'Svenska'}</a></nav>
  </header>` : ''}
  ${body}
  ${has_frame ? `<footer class="site-foot"><p>${t('page.footer', { provider: 'Föreningen Kommunal ekonomi' })}</p></footer>` : ''}
  ${data ? `<script type="application/json" id="estrad-data">${json(data)}</script>` : ''}
</body>
</html>`;
}

function when(event, language) {
  const tag = language === 'sv' ? 'sv-SE' : 'en-GB';
  const zone = { timeZone: event.timezone };
  const from = new Date(event.starts_at);
  const clock = (time) => new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit', ...zone }).format(new Date(time));
  const day = new Intl.DateTimeFormat(tag, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', ...zone }).format(from);
  return `${day} ${clock(event.starts_at)}–${clock(event.ends_at)}`;
}

function viewer_data(event, log, name) {
  return { page: name, provider: 'Föreningen Kommunal ekonomi', demo: event.slug === 'live', event, log };
}

export function viewer_page(event, log, language, manifest) {
  const t = texts(language);
  const body = `<main id="main" class="viewer" data-state="${event.state}" data-questions="${event.questions}">
    <estrad-stage class="stage"><div class="stage-card"><p class="stage-line">${t(`stage.${event.state}`)}</p></div></estrad-stage>
    <header class="event-head">
      <estrad-status class="status"><span class="badge badge-${event.state}">${t(`state.${event.state}`)}</span></estrad-status>
      <h1>${escape(event.title)}</h1>
      <estrad-when class="when"><time datetime="${event.starts_at}">${when(event, language)}</time></estrad-when>
      <p class="speakers">Eva Lindqvist, Region Halland · Tomas Åkesson, SKR</p>
    </header>
    <estrad-questions class="questions"></estrad-questions>
    <div class="event-body prose">
      <p>Vårens budgetprocess börjar nu. Vi går igenom hur kommuner och regioner kan planera för tre år i taget, vad den nya redovisningslagen ändrar, och vilka nyckeltal som är värda att följa.</p>
      <h2>Program</h2>
      <ul><li>Läget i kommunerna – en överblick</li><li>Tre års planering i praktiken</li><li>Frågor från er som tittar</li></ul>
    </div>
  </main>`;
  return page({ language, title: event.title, body, script: 'viewer.js', data: viewer_data(event, log, 'viewer'), manifest });
}

export function embed_page(event, log, language, manifest) {
  const body = `<main id="main"><h1 class="visually-hidden">${escape(event.title)}</h1><estrad-stage class="stage"></estrad-stage></main>`;
  return page({ language, title: event.title, body, body_class: 'embed', script: 'embed.js', data: viewer_data(event, log, 'embed'), manifest, has_frame: false });
}

function row(time, title, text, state, t, heading = 'h4') {
  return `<li class="row"><time class="row-time" datetime="2026-12-01T12:00:00Z">${time}</time>
    <div><${heading}><a href="/w/${state}">${title}</a></${heading}><p>${text}</p></div><span class="badge badge-${state}">${t(`state.${state}`)}</span></li>`;
}

export function programme_page(language, manifest, is_empty) {
  const t = texts(language);
  const section = (name, content) => `<section class="${name}" aria-labelledby="${name}"><h2 id="${name}">${t(`page.programme.${name}`)}</h2>${content}</section>`;
  const filled = section('now', `<ul class="cards"><li class="card card-live"><span class="badge badge-live">${t('state.live')}</span>
      <h3><a href="/w/live">Budgetdagen 2027: tre år i taget</a></h3><p class="card-when"><time datetime="2026-11-24T12:00:00Z">13:00–14:00</time></p><p class="card-text">Eva Lindqvist, Tomas Åkesson</p></li></ul>`)
    + section('next', `<h3 class="day"><time datetime="2026-11-24">tisdag 24 november</time></h3>
      <ul class="rows">${row('15:00', 'Upphandling utan krångel', 'Mira Holm', 'planned', t)}${row('16:30', 'Öppet hus om medlemskap', '', 'cancelled', t)}</ul>
      <h3 class="day"><time datetime="2026-12-01">tisdag 1 december</time></h3><ul class="rows">${row('13:00', 'Kurs i god redovisning, del 2 av 3: periodisering, avsättningar och leasing', 'Anders Berg, revisor', 'planned', t)}</ul>`)
    + section('recordings', `<ul class="rows">${row('17 november 2026', 'Kurs i god redovisning, del 1 av 3', 'Anders Berg, revisor', 'published', t, 'h3')}${row('10 november 2026', 'Så läser du en årsredovisning', 'Eva Lindqvist', 'published', t, 'h3')}</ul>`);
  const body = `<main id="main" class="programme"><h1>${t('page.programme.title')}</h1>${is_empty ? `<p class="empty">${t('page.programme.empty')}</p>` : filled}</main>`;
  return page({ language, title: t('page.programme.title'), body, script: 'programme.js', data: { page: 'programme' }, manifest });
}

export function message_page(language, manifest) {
  const t = texts(language);
  const body = `<main id="main" class="message"><h1>${t('page.not_found.title')}</h1><p>${t('page.not_found.text')}</p><p><a class="button" href="/">${t('page.to_programme')}</a></p></main>`;
  return page({ language, title: t('page.not_found.title'), body, manifest });
}

export function studio_page(language, manifest, session) {
  const t = texts(language);
  const body = `<main id="main"><estrad-studio><noscript>${t('page.noscript')}</noscript></estrad-studio></main>`;
  return page({
    language, title: t('page.studio'), body, body_class: 'studio', script: 'studio.js', manifest, styles: ['base.css', 'studio.css'],
    data: { page: 'studio', provider: 'Föreningen Kommunal ekonomi', public_url: 'https://webb.example.org', session },
  });
}
