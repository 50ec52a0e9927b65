import { describe, expect } from 'vitest';
import { importCsv } from '../../backend/import-csv.ts';
import { apiTest as it } from '../../fixtures/api.ts';

describe('rows about groups, computers and rooms', () => {
  it('are left out and counted, and their accounts are closed by a complete file', async ({ desk }) => {
    const people = [
      'a.one,Ann One,user',
      'Domain_Admins,Domain Admins,group',
      'PC01$,PC01,top;person;user;computer',
    ];
    await importCsv(desk, {
      csv: people.map((row) => row.split(',').slice(0, 2).join(',')).join('\n'),
      fields: ['userName', 'displayName'],
      source: 'ad',
    });
    const view = await importCsv(desk, {
      csv: people.join('\n'),
      fields: ['userName', 'displayName', 'entryType'],
      source: 'ad',
      complete: true,
    });
    expect(view).toMatchObject({ unchanged: 1, refused: 0, closed: 2 });
    const { body } = await desk.call<{ warnings: unknown[] }>('GET', `/imports/${view.id}/warnings`);
    expect(body.warnings).toMatchObject([
      { reason: 'not-a-person', field: 'entryType', value: 'group', rows: 1, firstLine: 2 },
      { reason: 'not-a-person', field: 'entryType', rows: 1, firstLine: 3 },
    ]);
  });
});
