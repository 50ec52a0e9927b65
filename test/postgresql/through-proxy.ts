import type { TestDatabase } from '../../backend/store/database-for-test.ts';
import type { PostgresqlSettings } from '../../backend/store/open-postgresql.ts';
import type { FaultyProxy } from '../fixtures/faulty-proxy.ts';

/** The statement in the protocol's bytes; a transaction begins at the level "read committed". */
export const commit = 'commit\0';

/** Milliseconds. A statement fails at the server after this time, and at the client after twice as long. */
export const statementTimeoutMs = 500;

/** The port of the server that holds a database. */
export const serverPort = (database: TestDatabase | null): number =>
  Number(new URL(database?.url ?? 'postgres://localhost:1').port);

/** The address of a database through the proxy, with short limits. */
export const throughProxy = (
  { url, ownerUrl }: TestDatabase,
  { port }: Pick<FaultyProxy, 'port'>,
): PostgresqlSettings => {
  const moved = (address: string) => {
    const through = new URL(address);
    through.port = String(port);
    return through.href;
  };
  return { url: moved(url), ownerUrl: moved(ownerUrl), statementTimeoutMs };
};
