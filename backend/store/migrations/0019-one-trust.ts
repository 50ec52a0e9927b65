import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

interface Before {
  readonly settings: {
    readonly name: string;
    readonly value: string;
    readonly sealed: number;
    readonly changed_at: number;
  };
}

const streams = ['audit-stream.syslog', 'audit-stream.webhook'];

/** Moves the authorities of each audit stream to the ones that every outgoing connection trusts. */
export const oneTrust: Migration = {
  async up(untyped: Kysely<unknown>) {
    const db = untyped as Kysely<Before>;
    const rows = await db.selectFrom('settings').selectAll().where('name', 'in', streams).execute();
    const authorities = rows
      .map(({ value }) => (JSON.parse(value) as { authority?: string }).authority?.trim() ?? '')
      .filter((authority, index, all) => authority !== '' && all.indexOf(authority) === index);
    if (authorities.length === 0) return;
    const value = JSON.stringify({ authorities: `${authorities.join('\n')}\n`, clientCertificate: '' });
    const changed_at = Math.max(...rows.map((row) => row.changed_at));
    await db.insertInto('settings').values({ name: 'trust', value, sealed: 0, changed_at }).execute();
  },
};
