import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { openSqlite } from '../../backend/store/open-sqlite.ts';
import type { CaseView } from '../../shared/api/case.ts';
import type { SessionTokens } from '../../shared/api/session.ts';
import { codeFor, deskOf } from '../backend/desk-call.ts';
import { followEvents } from '../backend/follow-events.ts';
import { administrator } from '../backend/start-test-backend.ts';
import { startMailSink, type MailSink } from '../fixtures/mail-sink.ts';
import { benchAccount } from './account-rows.ts';
import { importAccounts } from './import-accounts.ts';
import type { FromSoakBackend, Memory, ToSoakBackend } from './soak-backend.ts';

const clients = 4;
/** Cases between two proofs of the operator's password, and milliseconds of the desk's time for each case: 5,000 cases take a shift. */
const [batch, caseMs] = [50, 6000];
/** Bytes of growth for 1,000 cases below which the objects count as steady. One case's view, leaked, would be ten times as much. */
const steadyHeap = 512 * 1024;

/** Starts the backend whose memory is measured. */
async function startSoakBackend(mailUrl: string) {
  const child = fork(fileURLToPath(new URL('soak-backend.ts', import.meta.url)), [mailUrl], {
    execArgv: ['--expose-gc'],
  });
  const tell = (message: ToSoakBackend) => child.send(message);
  const answer = async <T extends FromSoakBackend['type']>(type: T) => {
    const [message] = (await once(child, 'message')) as [FromSoakBackend];
    if (message.type !== type) throw new Error(`The backend answered ${message.type} instead of ${type}.`);
    return message as FromSoakBackend & { readonly type: T };
  };
  const { address, dataFolder, setupCode } = await answer('ready');
  const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    fetch(`${address}${path}`, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      redirect: 'manual',
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  return {
    address: () => address,
    ask,
    setUp: async () =>
      (await (await ask('POST', '/api/v1/setup', { ...administrator, setupCode })).json()) as SessionTokens,
    reauthenticate: async ({ refreshToken }: SessionTokens) =>
      (await (
        await ask('POST', '/api/v1/session/reauthenticate', {
          refreshToken,
          password: administrator.password,
        })
      ).json()) as SessionTokens,
    advance: (milliseconds: number) => tell({ type: 'advance', milliseconds }),
    memory: async (): Promise<Memory> => {
      const measured = answer('measured');
      tell({ type: 'measure' });
      return (await measured).memory;
    },
    /** Bytes of the database, with what its write-ahead log adds. */
    databaseSize: async (): Promise<number> => {
      const db = await openSqlite(join(dataFolder, 'reset-desk.db'));
      const { rows } = await sql<{ bytes: number }>`
        select page_count * page_size as bytes from pragma_page_count(), pragma_page_size()`.execute(db);
      await db.destroy();
      return rows[0]?.bytes ?? 0;
    },
    stop: async () => {
      const ended = once(child, 'exit');
      tell({ type: 'stop' });
      await ended;
    },
  };
}

/** One case from the search to its end: a mailed code, a temporary password that is shown, the handover. Throws if the backend refuses a step. */
async function workThroughCase(desk: ReturnType<typeof deskOf>, sink: MailSink, at: number): Promise<void> {
  const { email } = benchAccount(at);
  // Some of the user names are also read as employee numbers of other accounts, such as `n.124`.
  const { id } = await desk.openCase(email);
  const started = await desk.startCode(id);
  await desk.readBack(started.body.case, await codeFor(sink, email));
  await desk.call<CaseView>('GET', `/cases/${id}`);
  const grant = await desk.mint(id, 'temporary-password');
  const { status, body } = await desk.reset(id, grant.body.id, 'temporary-password', `press-${at}-of-soak`);
  if (status !== 200) throw new Error(`Case ${at}: ${grant.body.code ?? body.code}`);
  await desk.call('POST', `/resets/${body.reset.id}/reveals`, { way: 'shown' });
  const handedOver = await desk.call('POST', `/resets/${body.reset.id}/hand-over`, {});
  if (handedOver.status !== 200) throw new Error(`Case ${at}: no handover`);
}

interface Sample {
  readonly cases: number;
  readonly heap: number;
  readonly resident: number;
  readonly database: number;
}

/** Bytes for 1,000 cases: the slope of the line that fits the samples best. */
function growth(samples: readonly Sample[], what: keyof Sample): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(samples.map(({ cases }) => cases)), mean(samples.map((sample) => sample[what]))];
  const covariance = mean(samples.map((sample) => (sample.cases - x) * (sample[what] - y)));
  return (covariance / mean(samples.map(({ cases }) => (cases - x) ** 2))) * 1000;
}

const mebibytes = (bytes: number) => (bytes / 1024 ** 2).toFixed(2);

/** Works through thousands of cases in a backend and says whether its memory grows. The first half warms up: caches fill and code is compiled. */
export async function run({ quick }: { quick: boolean }) {
  const count = quick ? 500 : 5000;
  const sink = await startMailSink();
  const backend = await startSoakBackend(sink.url);
  try {
    let tokens = await backend.setUp();
    await importAccounts(backend, tokens.accessToken, count);
    const samples: Sample[] = [];
    for (let from = 0; from < count; from += batch) {
      if (from > 0) tokens = await backend.reauthenticate(tokens);
      const desk = deskOf(backend.ask, tokens.accessToken);
      let next = from;
      const client = async () => {
        while (next < from + batch) {
          const at = next;
          next += 1;
          await workThroughCase(desk, sink, at);
          backend.advance(caseMs);
        }
      };
      // The console keeps one stream of events open, and opens it again.
      const live = await followEvents(backend, 'GET', '/live', {
        headers: { authorization: `Bearer ${tokens.accessToken}` },
      });
      await Promise.all(Array.from({ length: clients }, client));
      live.leave();
      const { heap, resident } = await backend.memory();
      samples.push({ cases: next, heap, resident, database: await backend.databaseSize() });
      // The run takes half an hour, and the table of results has standard output for itself.
      if (next % 500 === 0)
        console.error(
          `${next} cases: ${mebibytes(heap)} MiB of objects, ${mebibytes(resident)} MiB resident`,
        );
    }
    const counted = samples.slice(samples.length / 2);
    const last = samples.at(-1);
    const row = (what: 'heap' | 'resident', name: string, limit: number, why: string) => {
      const grown = growth(counted, what);
      return {
        what: `soak: ${name} of the backend over ${count} cases, from ${mebibytes(counted[0]?.[what] ?? 0)} MiB at ${counted[0]?.cases} to ${mebibytes(last?.[what] ?? 0)} MiB`,
        measured: `${mebibytes(grown)} MiB for 1,000 cases: ${grown <= limit ? 'steady' : 'GROWS'}`,
        target: `≤ ${mebibytes(limit)} MiB for 1,000 cases${why}`,
        ratio: (grown / limit).toFixed(2),
      };
    };
    return {
      rows: [
        row('heap', 'objects after garbage collection', steadyHeap, ''),
        // SQLite keeps up to 64 MiB of the database in memory.
        row('resident', 'resident memory', growth(counted, 'database'), ', as the database grows'),
      ],
    };
  } finally {
    await backend.stop();
    await sink.stop();
  }
}
