// A strict reader of HLS playlists, for tests: what it does not know, it refuses.
export function attributes(text) {
  const found = {};
  const pattern = /([A-Z0-9-]+)=("[^"]*"|[^",]*)(,|$)/gy;
  let match;
  while ((match = pattern.exec(text))) found[match[1]] = match[2].startsWith('"') ? match[2].slice(1, -1) : match[2];
  return found;
}

/** Segments with their parts, tags of the whole, and the next hinted part. */
export function parseMedia(text) {
  const lines = text.split('\n');
  if (lines[0] !== '#EXTM3U') throw new Error(`no playlist: ${text.slice(0, 200)}`);
  const list = { segments: [], openParts: [], reports: [], skipped: 0, mediaSequence: 0, discontinuitySequence: 0, isEnded: false, text };
  let segment = { parts: [] };
  let map;
  for (const line of lines.slice(1)) {
    const [tag, rest = ''] = line.startsWith('#') ? [line.split(':')[0], line.slice(line.indexOf(':') + 1)] : ['', line];
    switch (tag) {
      case '':
        if (line === '') break;
        list.segments.push({ ...segment, uri: line, map, msn: list.mediaSequence + list.skipped + list.segments.length });
        segment = { parts: [] };
        break;
      case '#EXT-X-VERSION': list.version = Number(rest); break;
      case '#EXT-X-TARGETDURATION': list.targetDuration = Number(rest); break;
      case '#EXT-X-MEDIA-SEQUENCE': list.mediaSequence = Number(rest); break;
      case '#EXT-X-DISCONTINUITY-SEQUENCE': list.discontinuitySequence = Number(rest); break;
      case '#EXT-X-PLAYLIST-TYPE': list.type = rest; break;
      case '#EXT-X-PART-INF': list.partTarget = Number(attributes(rest)['PART-TARGET']); break;
      case '#EXT-X-SERVER-CONTROL': list.serverControl = attributes(rest); break;
      case '#EXT-X-MAP': map = attributes(rest).URI; break;
      case '#EXT-X-PROGRAM-DATE-TIME': segment.dateTime = Date.parse(rest); break;
      case '#EXT-X-DISCONTINUITY': segment.isDiscontinuity = true; break;
      case '#EXT-X-GAP': segment.isGap = true; break;
      case '#EXT-X-INDEPENDENT-SEGMENTS': list.independentSegments = true; break;
      case '#EXTINF': segment.duration = Number.parseFloat(rest); break;
      case '#EXT-X-PART': {
        const part = attributes(rest);
        segment.parts.push({ uri: part.URI, duration: Number(part.DURATION), independent: part.INDEPENDENT === 'YES', gap: part.GAP === 'YES' });
        break;
      }
      case '#EXT-X-PRELOAD-HINT': list.hint = attributes(rest); break;
      case '#EXT-X-SKIP': list.skipped = Number(attributes(rest)['SKIPPED-SEGMENTS']); break;
      case '#EXT-X-RENDITION-REPORT': list.reports.push(attributes(rest)); break;
      case '#EXT-X-ENDLIST': list.isEnded = true; break;
      default: throw new Error(`unknown tag ${line}`);
    }
  }
  list.openParts = segment.parts;
  list.openIsDiscontinuity = segment.isDiscontinuity === true;
  return list;
}

/** Renditions and variants of a multivariant playlist. */
export function parseMultivariant(text) {
  const lines = text.split('\n');
  const variants = [];
  const media = [];
  lines.forEach((line, index) => {
    if (line.startsWith('#EXT-X-STREAM-INF:')) variants.push({ ...attributes(line.slice(18)), uri: lines[index + 1] });
    if (line.startsWith('#EXT-X-MEDIA:')) media.push(attributes(line.slice(13)));
  });
  return { variants, media, text };
}

/** All media playlists of an event, by the address its multivariant playlist gives. */
export async function trackAddresses(watch) {
  const address = `${watch}/index.m3u8`;
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  const list = parseMultivariant(await response.text());
  const uris = new Set([...list.variants.map((variant) => variant.uri), ...list.media.map((rendition) => rendition.URI).filter(Boolean)]);
  return [...uris].map((uri) => new URL(uri, address).href);
}

export async function fetchMedia(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status} ${await response.text()}`);
  return parseMedia(await response.text());
}
