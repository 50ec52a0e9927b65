// The console's own client and live stream against a hostile server, in a process of their own, so that their memory can be measured.
import { PassThrough, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { endpoints } from '../../shared/api/endpoints.ts';
import { liveEvent } from '../../shared/api/live.ts';
import { isFailure } from '../../electron/failure/console-failure.ts';
import { createCoalescedEvents } from '../../electron/features/live/coalesced-events.ts';
import { createLiveStream } from '../../electron/features/live/live-stream.ts';
import { notificationTexts } from '../../electron/features/live/notification-texts.ts';
import { createNotifier } from '../../electron/features/live/notifier.ts';
import { createLimitedLog } from '../../electron/log/limited-log.ts';
import { loadHttp } from '../../electron/services/reset-api/load-http.ts';
import { createResetApi } from '../../electron/services/reset-api/reset-api.ts';
import { setTimer } from '../../electron/services/timers/timers.ts';
import type { AttemptResult, AttemptKind, FloodResult } from './hostile-results.ts';

/** All deadlines of the console are shorter by this factor. */
const haste = 40;
const quickTimer = (milliseconds: number, work: () => void) => setTimer(milliseconds / haste, work);

let lines = 0;
const log = createLimitedLog({
  log: {
    info: () => (lines += 1),
    warn: () => (lines += 1),
    unexpected: () => {
      lines += 1;
      return 'REF1-REF2';
    },
  },
  now: Date.now,
  setTimer,
});
const api = createResetApi({
  loadHttp: () => loadHttp(() => undefined),
  userAgent: 'Reset Desk/test',
  log,
  setTimer: quickTimer,
});
const discard = () => new Writable({ write: (_chunk, _encoding, done) => done() });
const never = new AbortController().signal;

const attempts: Readonly<Record<AttemptKind, (base: string) => Promise<unknown>>> = {
  about: (base) => api.call(base, endpoints.getAbout, {}, { timeout: 10_000 }),
  search: (base) => api.call(base, endpoints.searchAccounts, { query: { q: 'anna' } }),
  'sign-in': (base) =>
    api.call(base, endpoints.signIn, { body: { userName: 'ann', password: 'Kestrel-42', client: 'test' } }),
  live: async (base) => {
    await pipeline(await api.openEventStream(base, endpoints.followLive, {}, { signal: never }), discard());
  },
  download: async (base) => {
    const input = { params: { caseId: 'c' }, query: { format: 'pdf' } } as const;
    const limits = { maxBytes: 32 * 1024 ** 2, wholeMs: 80_000 };
    await pipeline(await api.download(base, endpoints.getEvidencePack, input, limits), discard());
  },
  upload: (base) => {
    const content = new PassThrough();
    content.end(Buffer.alloc(1000));
    return api.call(
      base,
      endpoints.uploadImport,
      { params: { importId: 'i' } },
      { bytes: { content, length: 1000 }, upload: { idleMs: 20_000, answerMs: 20_000 } },
    );
  },
};

let peak = 0;
setInterval(() => {
  peak = Math.max(peak, process.memoryUsage().rss);
}, 20).unref();

async function attempt(base: string, kind: AttemptKind): Promise<AttemptResult> {
  const began = performance.now();
  const outcome = await attempts[kind](base).then(
    () => ({ outcome: 'answered', detail: '' }),
    (thrown: unknown) =>
      isFailure(thrown)
        ? { outcome: thrown.code, detail: JSON.stringify(thrown.failure) }
        : { outcome: 'no ConsoleFailure', detail: String(thrown) },
  );
  return { kind, ...outcome, milliseconds: Math.round(performance.now() - began) };
}

async function flood(base: string): Promise<FloodResult> {
  const counts = { opened: 0, told: 0, notified: 0 };
  const linesBefore = lines;
  const coalesced = createCoalescedEvents({ emit: () => (counts.told += 1), now: Date.now, setTimer });
  const { notify } = createNotifier({ show: () => (counts.notified += 1), log, now: Date.now, setTimer });
  const live = createLiveStream({
    open: (signal) => {
      counts.opened += 1;
      return api.openEventStream(base, endpoints.followLive, {}, { signal });
    },
    schema: liveEvent,
    onEvent: (event) => {
      const texts = notificationTexts(event);
      if (texts !== null) notify(texts);
      coalesced.push(event);
    },
    onOpen: coalesced.announceAll,
    log,
    now: Date.now,
    setTimer,
  });
  // The longest delay of other work in the meantime.
  let longestWait = 0;
  let last = performance.now();
  const watch = setInterval(() => {
    longestWait = Math.max(longestWait, performance.now() - last - 20);
    last = performance.now();
  }, 20);
  live.start();
  await new Promise((resolve) => {
    setTimeout(resolve, 2500);
  });
  live.stop();
  coalesced.stop();
  clearInterval(watch);
  return { ...counts, lines: lines - linesBefore, longestWait: Math.round(longestWait) };
}

process.on('message', (asked: { base: string; what: AttemptKind | 'flood' }) => {
  const before = process.memoryUsage().rss;
  peak = before;
  const work = asked.what === 'flood' ? flood(asked.base) : attempt(asked.base, asked.what);
  void work.then((result) => process.send?.({ ...result, grownBy: peak - before }));
});
process.send?.('ready');
