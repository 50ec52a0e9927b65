import type { DirectoryView } from '../../shared/api/directories.ts';
import { codeFor, deskOf } from '../backend/desk-call.ts';
import { startTestBackend } from '../backend/start-test-backend.ts';
import { servicePassword } from '../directories/lab.ts';
import { startMailSink, type MailSink } from '../fixtures/mail-sink.ts';
import { measuredKinds, type MeasuredDirectory } from './directory-kinds.ts';
import type { Row } from './search.ts';

type Desk = ReturnType<typeof deskOf>;

const p95 = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? 0;
const mean = (times: readonly number[]): number => times.reduce((sum, time) => sum + time, 0) / times.length;

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Accounts per second of the first read, beside the bare protocol's. */
async function measureFirstRead(name: string, desk: Desk, measured: MeasuredDirectory): Promise<Row> {
  let count = 0;
  const bareMs = await milliseconds(async () => {
    count = await measured.bareRead();
  });
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

/** The time until a change in the directory is in the index, and that of a search meanwhile beside one without changes. */
async function measureFeed(
  name: string,
  desk: Desk,
  { lab }: MeasuredDirectory,
  changes: number,
): Promise<readonly Row[]> {
  const search = () => milliseconds(() => desk.call('GET', '/accounts?q=bench'));
  const quiet: number[] = [];
  for (let at = 0; at < 200; at += 1) quiet.push(await search());
  const busy: number[] = [];
  const lags: number[] = [];
  for (let at = 0; at < changes; at += 1) {
    const phone = `+49 171 ${String(5_000_000 + at)}`;
    await lab.setPhone(`bench.reset${at}`, phone);
    lags.push(
      await milliseconds(() =>
        until(async () => {
          busy.push(await search());
          return (await desk.accountId(phone)) !== '';
        }),
      ),
    );
  }
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

/** Resets one after the other, each beside one by the bare protocol. */
async function measureResets(
  name: string,
  desk: Desk,
  sink: MailSink,
  measured: MeasuredDirectory,
  resets: number,
): Promise<Row> {
  const [ours, bare]: [number[], number[]] = [[], []];
  for (let at = 0; at < resets; at += 1) {
    const userName = `bench.reset${at}`;
    const { id } = await desk.openCase(userName);
    const started = await desk.startCode(id);
    await desk.readBack(started.body.case, await codeFor(sink, `${userName}@example.com`));
    const grant = await desk.mint(id, 'temporary-password');
    const bareReset = await measured.bareReset(`bench.bare${at}`);
    bare.push(await milliseconds(() => bareReset(`Temporary-${at}-Passw0rd`)));
    ours.push(
      await milliseconds(async () => {
        const { status } = await desk.reset(id, grant.body.id, 'temporary-password', `press-of-bench-${at}`);
        if (status !== 200) throw new Error(`No reset: ${status}`);
      }),
    );
  }
  // The first opens connections and compiles.
  const [reset, call] = [mean(ours.slice(5)), mean(bare.slice(5))];
  return {
    what: `${name}: reset (bare call ${call.toFixed(1)} ms)`,
    measured: `${reset.toFixed(1)} ms`,
    target: '≤ 1.5 × the bare call',
    ratio: (reset / call).toFixed(2),
  };
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
    const measured = await start();
    const sink = await startMailSink();
    const backend = await startTestBackend(sink.url, {
      realTime: true,
      pollIntervals: { mailQueue: 50, directoryFeeds: 100 },
    });
    try {
      for (let at = 0; at < resets; at += 1) {
        await measured.lab.add({
          userName: `bench.reset${at}`,
          displayName: `Bench Reset${at}`,
          email: `bench.reset${at}@example.com`,
        });
        await measured.lab.add({ userName: `bench.bare${at}` });
      }
      const others = Math.max(0, count - 2 * resets);
      await measured.add(Array.from({ length: others }, (_none, at) => `bench.user${at}`));
      const desk = deskOf(backend.ask, (await backend.setUp()).accessToken);
      rows.push(await measureFirstRead(name, desk, measured));
      rows.push(await measureResets(name, desk, sink, measured, resets));
      rows.push(...(await measureFeed(name, desk, measured, quick ? 8 : 40)));
    } finally {
      await backend.stop();
      await sink.stop();
      await measured.close();
    }
  }
  return { rows };
}
