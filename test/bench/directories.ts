import type { DirectoryView } from '../../shared/api/directories.ts';
import type { SessionTokens } from '../../shared/api/session.ts';
import type { CaseView } from '../../shared/api/case.ts';
import { codeFor, deskOf } from '../backend/desk-call.ts';
import { startTestBackend } from '../backend/start-test-backend.ts';
import { servicePassword } from '../directories/lab.ts';
import { startMailSink, type MailSink } from '../fixtures/mail-sink.ts';
import { measuredKinds, type MeasuredDirectory } from './directory-kinds.ts';
import type { Row } from './search.ts';

/** One directory that is measured, with the desk that reads it. */
interface Bench {
  readonly name: string;
  readonly desk: ReturnType<typeof deskOf>;
  readonly sink: MailSink;
  readonly measured: MeasuredDirectory;
}

/** The first resets open connections and compile. */
const warmUp = 5;

const p95 = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? 0;
const mean = (times: readonly number[]): number => times.reduce((sum, time) => sum + time, 0) / times.length;
const passwordOf = (at: number) => `Temporary-${at}-Passw0rd`;

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/**
 * Asks until the answer is yes. The Reset API sends no event when a read ends. The pause between two requests grows to a hundredth of the time, so that
 * the requests neither delay a long read nor blur a short one.
 */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  const started = performance.now();
  while (!(await isSo()))
    await new Promise((resolve) => setTimeout(resolve, Math.max(20, (performance.now() - started) / 100)));
}

/** A read of all accounts by the bare protocol. */
async function measureBareRead(measured: MeasuredDirectory) {
  let count = 0;
  const bareMs = await milliseconds(async () => {
    count = await measured.bareRead();
  });
  return { count, bareMs };
}

/** Accounts per second of the first read, beside the bare protocol's. */
async function measureFirstRead(
  { name, desk, measured }: Bench,
  { count, bareMs }: Awaited<ReturnType<typeof measureBareRead>>,
): Promise<Row> {
  const readMs = await milliseconds(async () => {
    const body = { name: 'Bench', settings: measured.lab.settings, secret: servicePassword };
    await desk.call('POST', '/directories', body);
    await until(async () => {
      const { body: all } = await desk.call<{ directories: DirectoryView[] }>('GET', '/directories');
      const state = all.directories[0]?.reading.state;
      if (state === 'failed') throw new Error('The directory could not be read');
      return state === 'read';
    });
  });
  const perSecond = (ms: number) => (count / ms) * 1000;
  return {
    what: `${name}: first read of ${count} accounts (bare protocol ${perSecond(bareMs).toFixed(0)}/s)`,
    measured: `${perSecond(readMs).toFixed(0)}/s`,
    target: 'none',
    ratio: (bareMs / readMs).toFixed(2),
  };
}

/** Searches between two changes, about as many as an operator types letters in a second. */
const searchesPerChange = 10;

/**
 * The time until a change in the directory is in the index, and the time of a search meanwhile beside one without changes. Changes follow each other
 * without waiting for the feed, as an organisation makes them.
 */
async function measureFeed({ name, desk, measured: { lab } }: Bench, changes: number): Promise<Row[]> {
  const search = () => milliseconds(() => desk.call('GET', '/accounts?q=bench'));
  const quiet: number[] = [];
  for (let at = 0; at < 200; at += 1) quiet.push(await search());
  const busy: number[] = [];
  const lags: number[] = [];
  const changedAt = new Map<string, number>();
  const settle = async () => {
    for (const [phone, at] of changedAt) {
      if ((await desk.accountId(phone)) === '') return;
      lags.push(performance.now() - at);
      changedAt.delete(phone);
    }
  };
  for (let at = 0; at < changes; at += 1) {
    const phone = `+49 171 ${String(5_000_000 + at)}`;
    await lab.setPhone(`bench.reset${at}`, phone);
    changedAt.set(phone, performance.now());
    for (let typed = 0; typed < searchesPerChange; typed += 1) busy.push(await search());
    await settle();
  }
  await until(async () => {
    busy.push(await search());
    await settle();
    return changedAt.size === 0;
  });
  return [
    {
      what: `${name}: feed lag p95 of ${changes} changes`,
      measured: `${(p95(lags) / 1000).toFixed(1)} s`,
      target: '≤ 10 s',
      ratio: (p95(lags) / 10_000).toFixed(2),
    },
    {
      what: `${name}: search p95 while the feed runs (without ${p95(quiet).toFixed(1)} ms)`,
      measured: `${p95(busy).toFixed(1)} ms`,
      target: 'as without',
      ratio: (p95(busy) / p95(quiet)).toFixed(2),
    },
  ];
}

/** A case whose caller is verified. */
async function verifiedCase({ desk, sink }: Bench, userName: string): Promise<CaseView> {
  const opened = await desk.openCase(userName);
  const started = await desk.startCode(opened.id);
  return (await desk.readBack(started.body.case, await codeFor(sink, `${userName}@example.com`))).body.case;
}

/** Resets with the grant for `caseId`, and throws unless that succeeds. */
async function reset({ desk }: Bench, caseId: string, grantId: string, at: number): Promise<void> {
  const { status } = await desk.reset(caseId, grantId, 'temporary-password', `press-of-bench-${at}`);
  if (status !== 200) throw new Error(`No reset: ${status}`);
}

/** Resets one after the other, each beside one by the bare protocol. */
async function measureResets(bench: Bench, resets: number): Promise<Row> {
  const { name, desk, measured } = bench;
  const [ours, bare]: [number[], number[]] = [[], []];
  for (let at = 0; at < resets; at += 1) {
    const { id } = await verifiedCase(bench, `bench.reset${at}`);
    const grant = await desk.mint(id, 'temporary-password');
    const bareReset = await measured.bareReset(`bench.bare${at}`);
    bare.push(await milliseconds(() => bareReset(passwordOf(at))));
    ours.push(await milliseconds(() => reset(bench, id, grant.body.id, at)));
  }
  const [ourMs, bareMs] = [mean(ours.slice(warmUp)), mean(bare.slice(warmUp))];
  return {
    what: `${name}: reset (bare call ${bareMs.toFixed(1)} ms)`,
    measured: `${ourMs.toFixed(1)} ms`,
    // OpenLDAP's one write takes less than the two commits of the backend, before and after it.
    target: name === 'openldap' ? 'none' : '≤ 1.5 × the bare call',
    ratio: (ourMs / bareMs).toFixed(2),
  };
}

/**
 * All requests for a reset, from the search to the password, beside those of the directory's own console. Checks of the caller, which that console does
 * not have, are not counted.
 */
async function measureBesideConsole(bench: Bench, resets: number): Promise<readonly Row[]> {
  const { name, desk, measured } = bench;
  const { consoleReset } = measured;
  if (consoleReset === undefined) return [];
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let at = 0; at < resets; at += 1) {
    const userName = `bench.beside${at}`;
    let caseId = '';
    const openMs = await milliseconds(async () => {
      caseId = (await desk.openCase(userName)).id;
    });
    const started = await desk.startCode(caseId);
    await desk.readBack(started.body.case, await codeFor(bench.sink, `${userName}@example.com`));
    const resetMs = await milliseconds(async () => {
      const grant = await desk.mint(caseId, 'temporary-password');
      await reset(bench, caseId, grant.body.id, resets + at);
    });
    ours.push(openMs + resetMs);
    theirs.push(await milliseconds(() => consoleReset(`bench.console${at}`, passwordOf(at))));
  }
  const [ourMs, theirMs] = [mean(ours.slice(warmUp)), mean(theirs.slice(warmUp))];
  return [
    {
      what: `${name}: search, open and reset (its own console's requests ${theirMs.toFixed(1)} ms)`,
      measured: `${ourMs.toFixed(1)} ms`,
      target: 'as its console',
      ratio: (ourMs / theirMs).toFixed(2),
    },
  ];
}

/** The user names of `count` accounts, among them those that are reset. */
function userNamesOf(count: number, resets: number): readonly string[] {
  const reserved = ['reset', 'bare', 'beside', 'console'].flatMap((use) =>
    Array.from({ length: resets }, (_none, at) => `bench.${use}${at}`),
  );
  const others = Array.from(
    { length: Math.max(0, count - reserved.length) },
    (_none, at) => `bench.user${at}`,
  );
  return [...reserved, ...others];
}

/** External directories on real servers; `--directory=KIND` measures one, `--accounts=N` sets how many accounts are read. */
export async function run({ quick }: { quick: boolean }) {
  const given = (name: string) =>
    process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3);
  const resets = quick ? 20 : 100;
  const rows: Row[] = [];
  for (const [name, { isHere, start, accounts }] of Object.entries(measuredKinds)) {
    if (!isHere || (given('directory') ?? name) !== name) continue;
    const count = Number(given('accounts') ?? accounts[quick ? 'quick' : 'whole']);
    const measured = await start(userNamesOf(count, resets));
    const bareRead = await measureBareRead(measured);
    const sink = await startMailSink();
    // Codes and notifications leave more often than in production; directories are read as often.
    const backend = await startTestBackend(sink.url, { realTime: true, pollIntervals: { mailQueue: 50 } });
    try {
      const first = await backend.setUp();
      const parts = { name, sink, measured };
      rows.push(await measureFirstRead({ ...parts, desk: deskOf(backend.ask, first.accessToken) }, bareRead));
      // The first read may take as long as an access token is valid.
      const { refreshToken } = first;
      const renewed = await backend.ask('POST', '/api/v1/session/refresh', { refreshToken });
      const { accessToken } = (await renewed.json()) as SessionTokens;
      const bench: Bench = { ...parts, desk: deskOf(backend.ask, accessToken) };
      rows.push(await measureResets(bench, resets));
      rows.push(...(await measureBesideConsole(bench, resets)));
      rows.push(...(await measureFeed(bench, quick ? 8 : 40)));
    } finally {
      await backend.stop();
      await sink.stop();
      await measured.close();
    }
  }
  return { rows };
}
