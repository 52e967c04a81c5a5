// Sample events, questions, stages and signals for the development server.
const soon = (minutes) => new Date(Date.now() + minutes * 60_000).toISOString();

const titles = { live: 'Budgetdagen 2027: tre år i taget', planned: 'Kurs i god redovisning, del 2 av 3: periodisering, avsättningar och leasing' };
export const states = ['planned', 'lobby', 'live', 'paused', 'ended', 'review', 'published', 'withdrawn', 'cancelled', 'archived', 'draft'];

export function event_of(slug) {
  const state = states.includes(slug) ? slug : 'live';
  const minutes = { planned: 60 * 26 + 17, lobby: 4, live: -12, paused: -31, published: -60 * 24 * 5, review: -120 }[state] ?? -90;
  return {
    slug, title: titles[slug] ?? 'Upphandling utan krångel', state, starts_at: soon(minutes), ends_at: soon(minutes + 60),
    timezone: 'Europe/Stockholm', language: 'sv', latency: 'balanced', questions: 'moderated',
    message: state === 'cancelled' ? 'Föreläsaren är sjuk. Ett nytt datum kommer i nästa nyhetsbrev.' : null,
  };
}

export const questions = [
  { id: 'q1', state: 'answered', text: 'Går det att få presentationen efteråt?', name: 'Karin', answer: 'Ja, den läggs under inspelningen i eftermiddag.', at: soon(-9) },
  { id: 'q2', state: 'approved', text: 'Hur gör en liten kommun som inte har någon egen controller? Vi är tre personer på ekonomiavdelningen och hinner knappt med bokslutet.', name: 'Per-Olof, Vännäs', at: soon(-6) },
  { id: 'q3', state: 'approved', text: 'Gäller reglerna även kommunala bolag?', name: '', at: soon(-4) },
  { id: 'q4', state: 'answering', text: 'Vilka nyckeltal skulle ni börja med?', name: 'Amina', at: soon(-2) },
];

export function log_of(slug) {
  const { state, starts_at, message } = event_of(slug);
  return {
    state, next_page: 7, rev: 0, started_at: starts_at, starts_at, viewers: 312, announcement: null, message,
    questions: ['live', 'paused', 'published'].includes(state) ? questions : [],
    moderation: { mode: 'moderated', notice: 'questions.notice.moderated', open: ['lobby', 'live', 'paused'].includes(state) },
  };
}

export const stages = [
  { id: 'aulan', name: 'Aulan', key: 'k7Qx2mV9bTn4', backup_key: 'b3Wp8sLz6yRk', rtmp_url: 'rtmp://webb.example.org:1935/live', srt_url: 'srt://webb.example.org:8890?streamid=k7Qx2mV9bTn4' },
  { id: 'studion', name: 'Studion på Hornsgatan', key: 'p9', backup_key: 'p8', rtmp_url: 'rtmp://webb.example.org:1935/live', srt_url: 'srt://webb.example.org:8890?streamid=p9' },
];

export const signals = {
  aulan: {
    connected: true, protocol: 'rtmp', since: soon(-40), warnings: [],
    codecs: { video: 'H.264', audio: 'AAC' }, size: { width: 1920, height: 1080 }, fps: 30, bitrate: 4_480_000, keyframe_interval: 2,
  },
  studion: { connected: false, warnings: [] },
};

export const staff_events = ['live', 'planned', 'lobby', 'review', 'published'].map((slug, index) => ({
  ...event_of(slug), stage: index % 2 ? 'studion' : 'aulan', started_at: soon(-12), ended_at: slug === 'published' ? soon(-60 * 24 * 5) : null, speakers: [],
}));

export const staff_questions = [
  { id: 's1', state: 'pending', text: 'Kommer det någon fortsättningskurs i vår?', name: 'Lisa', asked_at: soon(-1) },
  { id: 's2', state: 'pending', text: 'Hur räknar ni pensionsskulden i exemplet? Jag får inte ihop det med tabellen på sidan fyra.', name: '', asked_at: soon(-2) },
  { id: 's3', state: 'pending', text: 'Hej från Kiruna!', name: 'Nils-Anders', asked_at: soon(-3) },
  ...questions.map(({ at, ...question }) => ({ ...question, asked_at: at })),
];
