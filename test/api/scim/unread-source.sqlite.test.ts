import { sql } from 'kysely';
import { describe, expect } from 'vitest';
import { scimClient } from '../../backend/scim-client.ts';
import { sharedDeskTest as it } from '../../fixtures/api.ts';

// On PostgreSQL the backend may not rename its tables.
describe('a token of an account source', () => {
  it('is not called wrong while the database cannot be read', async ({ staffedDesk }) => {
    const { send } = await scimClient(staffedDesk, 'Unread');
    const rename = (from: string, to: string) =>
      staffedDesk.backend.changeRows((db) =>
        sql`alter table ${sql.table(from)} rename to ${sql.table(to)}`.execute(db),
      );
    await rename('account_sources', 'account_sources_away');
    try {
      expect((await send('GET', '/Users')).status).toBe(500);
    } finally {
      await rename('account_sources_away', 'account_sources');
    }
    expect((await send('GET', '/Users')).status).toBe(200);
  });
});
