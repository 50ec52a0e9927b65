import type { TestProject } from 'vitest/node';
import { prepareServerForTests } from '../../backend/store/database-for-test.ts';
import { openPostgresql } from '../../backend/store/open-postgresql.ts';
import { findPostgresql, startPostgresql } from '../fixtures/postgresql.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The address of the run's PostgreSQL; null if none is installed. */
    postgresql: string | null;
  }
}

/** One PostgreSQL for the whole run. Without it the tests are reported as skipped; under CI the run fails. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (findPostgresql() === null) {
    if (process.env['CI'] !== undefined) throw new Error('PostgreSQL is missing: apt-get install postgresql');
    project.provide('postgresql', null);
    return undefined;
  }
  const server = await startPostgresql();
  await prepareServerForTests(server.url, async (settings) => {
    const { reader, writer } = await openPostgresql(settings, () => undefined);
    await Promise.all([reader.destroy(), writer.destroy()]);
  });
  project.provide('postgresql', server.url);
  return () => server.stop();
}
