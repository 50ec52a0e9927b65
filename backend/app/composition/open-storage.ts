import { createKeptHead } from '../../audit/kept-head.ts';
import { createAuditKey } from '../../store/audit-key.ts';
import { assertLogReaches, recordRestoredGuards } from '../configuration/audit-log-at-start.ts';
import { openDataFolder } from '../configuration/data-folder.ts';
import { connectDatabase, type OpenDatabase } from '../configuration/open-database.ts';
import { openSecretKey } from '../configuration/secret-key.ts';
import type { Configuration } from './configuration.ts';

/** The database and the keys of a data folder that this process holds. */
export type Storage = Awaited<ReturnType<typeof openStorage>>;

/** Takes the data folder, connects to the database and opens its key. Leaves nothing open if one of these steps fails. */
export async function openStorage(configuration: Configuration) {
  const { dataFolder, database, log, now = Date.now } = configuration;
  const lock = openDataFolder(dataFolder, database === undefined, log);
  let connections: OpenDatabase | undefined;
  try {
    connections = await connectDatabase({ ...configuration, exclusive: true });
    const key = await openSecretKey(dataFolder, connections, now);
    const auditKey = createAuditKey(key);
    const keptHead = createKeptHead(dataFolder, auditKey.publicKey);
    await assertLogReaches(connections.db, keptHead, dataFolder);
    const { store, searchIndex, probe } = connections.use(now, auditKey);
    await recordRestoredGuards(store, connections.reguarded, log);
    /** Closes the database and releases the data folder. */
    const close = async () => {
      await store.close();
      lock.release();
    };
    return { key, auditKey, keptHead, store, searchIndex, probe, close };
  } catch (thrown) {
    await connections?.close();
    lock.release();
    throw thrown;
  }
}
