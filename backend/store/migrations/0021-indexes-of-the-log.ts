import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Indexes for the audit log by outcome and by actor, and for the hourly limit of checks, at a million events and more. */
export const indexesOfTheLog: Migration = {
  async up({ schema }: Kysely<unknown>) {
    // Most events have the outcome `done`, for which an index would save nothing.
    await schema
      .createIndex('audit_events_outcome')
      .on('audit_events')
      .columns(['outcome', 'seq'])
      .where(sql.ref('outcome'), '<>', sql.lit('done'))
      .execute();
    await schema
      .createIndex('audit_events_actor')
      .on('audit_events')
      .columns(['actor_name', 'seq'])
      .where(sql.ref('actor_name'), 'is not', null)
      .execute();
    await schema
      .createIndex('checks_account_kind')
      .on('checks')
      .columns(['account_id', 'kind', 'started_at'])
      .execute();
  },
};
