import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuditKey } from '../../store/audit-key.ts';
import { createTestDatabase } from '../../store/database-for-test.ts';
import { putEmptySqlite } from '../../store/sqlite-for-test.ts';
import { connectDatabase } from './open-database.ts';
import { openSecretKey } from './secret-key.ts';

/** A data folder with a database, SQLite or PostgreSQL as the test run says, whose audit log is signed. */
export async function openDatabaseForTest(now: () => number) {
  const dataFolder = await mkdtemp(join(tmpdir(), 'reset-desk-'));
  const database = await createTestDatabase();
  const file = join(dataFolder, 'reset-desk.db');
  if (database === null) await putEmptySqlite(file);
  const settings = { dataFolder, ...(database && { database }), log: () => undefined };
  const connections = await connectDatabase(settings);
  const key = createAuditKey(await openSecretKey(dataFolder, connections, now));
  const { store, searchIndex: openSearchIndex } = connections.use(now, key);
  const searchIndex = openSearchIndex();
  return {
    dataFolder,
    /** Null on SQLite. */
    database,
    /** The SQLite file; does not exist on PostgreSQL. */
    file,
    key,
    store,
    /** The connection of the changes, for a test that prepares the database in other ways. */
    writer: connections.writer,
    searchIndex,
    close: async () => {
      searchIndex.close();
      await store.close();
      await rm(dataFolder, { recursive: true });
      await database?.drop();
    },
  };
}
