import { Client } from 'pg';
import { systemOrigin } from '../../backend/store/append-event.ts';
import { prepareServerForTests, testServerVariable } from '../../backend/store/database-for-test.ts';
import { openPostgresql } from '../../backend/store/open-postgresql.ts';
import { startTestBackend } from '../backend/start-test-backend.ts';
import { findPostgresql, startPostgresql, type Postgresql } from '../fixtures/postgresql.ts';
import { openAccountsDesk } from './accounts-desk.ts';
import { importAccounts } from './import-accounts.ts';
import { searchRows, searchRowsOverHttp, type Row } from './search.ts';

const accounts = 100_000;
/** Only in a whole run: the import takes minutes. */
const manyAccounts = 1_000_000;

/** Changes per second, each with its audit event, by this many callers in four seconds. */
async function changesPerSecond({ store }: Awaited<ReturnType<typeof openAccountsDesk>>, callers: number) {
  let done = 0;
  const started = performance.now();
  const call = async () => {
    while (performance.now() - started < 4000) {
      await store.change(systemOrigin, (_tx, record) => record({ action: 'policy.changed' }));
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  return done / ((performance.now() - started) / 1000);
}

/** Searches among many accounts over HTTP and in the backend's process, in a database of their own. */
async function searchesAmongMany({ url }: Postgresql): Promise<Row[]> {
  await prepareServerForTests(url, async (settings) => {
    const { reader, writer } = await openPostgresql(settings, () => undefined);
    await Promise.all([reader.destroy(), writer.destroy()]);
  });
  process.env[testServerVariable] = url;
  const backend = await startTestBackend(undefined, { realTime: true, pollIntervals: {} });
  delete process.env[testServerVariable];
  try {
    const { accessToken } = await backend.setUp();
    await importAccounts(backend, accessToken, manyAccounts);
    const client = new Client({ connectionString: `${url}/${backend.database?.name ?? ''}` });
    await client.connect();
    // The server does this by itself within a minute, in which its work is measured as well.
    await client.query('vacuum analyze');
    await client.end();
    const overHttp = await searchRowsOverHttp(backend, accessToken, manyAccounts, 'PostgreSQL over HTTP');
    const desk = await openAccountsDesk({ url: backend.database?.url ?? '' });
    try {
      return [...overHttp, ...(await searchRows(desk, manyAccounts, 'PostgreSQL'))];
    } finally {
      await desk.close();
    }
  } finally {
    await backend.stop();
  }
}

/** Import, search and changes on a PostgreSQL that syncs to the disk; nothing if none is installed. */
export async function run({ quick }: { quick: boolean }): Promise<{ rows: Row[] }> {
  if (findPostgresql() === null) return { rows: [] };
  const server = await startPostgresql({ durable: true });
  const client = new Client({ connectionString: `${server.url}/postgres` });
  await client.connect();
  try {
    const desk = await openAccountsDesk({ url: `${server.url}/postgres` });
    try {
      const started = performance.now();
      await desk.fill(accounts);
      const seconds = (performance.now() - started) / 1000;
      const fresh = await searchRows(desk, accounts, 'PostgreSQL right after the import');
      // The server does this by itself within a minute.
      await client.query('analyze');
      const settled = await searchRows(desk, accounts, 'PostgreSQL');
      const changes: Row[] = [];
      for (const callers of [1, 8]) {
        const rate = await changesPerSecond(desk, callers);
        changes.push({
          what: `changes a second on PostgreSQL, ${callers} at once`,
          measured: `${rate.toFixed(0)}/s`,
          target: '≥ 300/s, thrice the resets',
          ratio: (rate / 300).toFixed(2),
        });
      }
      const imported: Row = {
        what: `import, ${accounts} rows, PostgreSQL`,
        measured: `${seconds.toFixed(1)} s`,
        target: '≤ 30 s',
        ratio: (seconds / 30).toFixed(2),
      };
      const many = quick ? [] : await searchesAmongMany(server);
      return { rows: [imported, ...fresh, ...settled, ...many, ...changes] };
    } finally {
      await desk.close();
    }
  } finally {
    await client.end();
    await server.stop();
  }
}
