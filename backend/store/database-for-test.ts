import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import type { PostgresqlSettings } from './open-postgresql.ts';

/** The environment variable with the superuser's address of the tests' PostgreSQL server. Without it, tests run on SQLite. */
export const testServerVariable = 'RESET_DESK_TEST_POSTGRESQL';
const [owner, serving, template] = ['desk_owner', 'desk', 'desk_template'];

async function ask(server: string, ...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: `${server}/postgres` });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** The two roles of a database on that server. */
function settingsFor(server: string, database: string): PostgresqlSettings & { ownerUrl: string } {
  const as = (role: string) => {
    const url = new URL(`${server}/${database}`);
    url.username = role;
    return url.href;
  };
  return { url: as(serving), ownerUrl: as(owner) };
}

/** Prepares a new server: creates the roles and a migrated, empty template database that each test copies. */
export async function prepareServerForTests(
  server: string,
  migrated: (settings: PostgresqlSettings) => Promise<void>,
): Promise<void> {
  const { password } = new URL(server);
  await ask(
    server,
    `create role ${owner} login password '${password}'`,
    `create role ${serving} login password '${password}'`,
    `create database ${template} owner ${owner}`,
  );
  await migrated(settingsFor(server, template));
}

export interface TestDatabase extends PostgresqlSettings {
  readonly name: string;
  readonly ownerUrl: string;
  drop(): Promise<void>;
}

/** Creates a test's own database as a copy of `from`, which must have no connections; null if the run uses SQLite. */
export async function createTestDatabase(from = template): Promise<TestDatabase | null> {
  const server = process.env[testServerVariable];
  if (server === undefined) return null;
  const name = `test_${randomBytes(8).toString('hex')}`;
  await ask(server, `create database ${name} template ${from} strategy file_copy owner ${owner}`);
  return {
    ...settingsFor(server, name),
    name,
    drop: () => ask(server, `drop database ${name} with (force)`),
  };
}
