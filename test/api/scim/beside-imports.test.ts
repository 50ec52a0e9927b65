import { describe, expect } from 'vitest';
import type { ImportField } from '../../../shared/api/import-file.ts';
import { analyseCsv, appliedImport } from '../../backend/import-csv.ts';
import { entraUser, scimClient } from '../../backend/scim-client.ts';
import { staffedTest } from '../../fixtures/api.ts';

const it = staffedTest
  .extend('scim', ({ staffedDesk }) => scimClient(staffedDesk))
  /** The id of a user that the identity provider created, a minute ago. */
  .extend('created', ({ scim, backend }) => async (userName: string) => {
    const { status, body } = await scim.create(entraUser(userName, `Person ${userName}`));
    expect(status).toBe(201);
    backend.clock.at += 60_000;
    return body.id as string;
  });
type Scim = Awaited<ReturnType<typeof scimClient>>;
const fields = ['userName', 'displayName', 'department'] as const satisfies readonly ImportField[];

describe('users that an identity provider writes beside an import', () => {
  it('are refused with the time of the next try while the import is applied, and read', async ({
    scim,
    created,
    backend,
    administrator,
  }) => {
    const id = await created('beside');
    const { id: importId } = await analyseCsv(administrator, { csv: 'other,Other Person,Sales', fields });
    const setState = (state: string) =>
      backend.changeRows((db) =>
        db.updateTable('imports').set({ state }).where('id', '=', importId).execute(),
      );
    await setState('running');
    const rename = () => scim.patch(id, { op: 'replace', path: 'displayName', value: 'Renamed Person' });
    for (const write of [
      rename,
      () => scim.create(entraUser('late', 'Late Person')),
      () => scim.send('DELETE', `/Users/${id}`),
    ]) {
      const { status, headers, body } = await write();
      expect([status, headers.get('retry-after')]).toEqual([503, '30']);
      expect(body.detail).toContain('import');
    }
    expect((await scim.send('GET', `/Users/${id}`)).body).toMatchObject({ displayName: 'Person beside' });
    await setState('finished');
    expect((await rename()).status).toBe(200);
  });

  it.for([
    {
      name: 'changed an account of the plan',
      csv: 'planned,Planned Person,Sales',
      write: (scim: Scim, id: string) =>
        scim.patch(id, { op: 'replace', path: 'displayName', value: 'Newer Name' }),
    },
    {
      name: 'removed an account of the plan',
      csv: 'planned,Planned Person,Sales',
      write: (scim: Scim, id: string) => scim.send('DELETE', `/Users/${id}`),
    },
    {
      name: 'created a user who may be a new account of the file',
      csv: 'newcomer,New Comer,Sales',
      write: (scim: Scim) => scim.create(entraUser('newcomer', 'New Comer')),
    },
  ])(
    'make an import stale that was read before they $name',
    async ({ csv, write }, { scim, created, backend, administrator }) => {
      const id = await created('planned');
      const { id: importId } = await analyseCsv(administrator, { csv, fields });
      backend.clock.at += 1000;
      expect((await write(scim, id)).status).toBeLessThan(300);
      const confirmed = await administrator.call<{ code: string }>(
        'POST',
        `/imports/${importId}/confirm`,
        {},
      );
      expect(confirmed.body.code).toBe('import.stale');
    },
  );

  it('leave an import as it is whose plan they do not touch', async ({
    scim,
    created,
    backend,
    administrator,
  }) => {
    await created('planned');
    const other = await created('untouched');
    const { id } = await analyseCsv(administrator, { csv: 'planned,Planned Person,Sales', fields });
    backend.clock.at += 1000;
    expect((await scim.patch(other, { op: 'replace', path: 'displayName', value: 'Newer' })).status).toBe(
      200,
    );
    expect((await administrator.call('POST', `/imports/${id}/confirm`, {})).status).toBe(200);
    expect((await appliedImport(administrator, id)).state).toBe('finished');
  });
});

describe('administrators', () => {
  it('get one mail when many changes by SCIM begin to wait', async ({ staffedDesk, scim, administrator }) => {
    await staffedDesk.changePolicy((document) => ({
      accounts: { ...document.accounts, massChange: { percent: 100, accounts: 5 } },
    }));
    const ids: string[] = [];
    for (let at = 0; at < 8; at += 1)
      ids.push((await scim.create(entraUser(`many${at}`, `Many ${at}`))).body.id as string);
    await staffedDesk.hire('bea', 'Bea Second', ['administrator']);
    const mails = async () => {
      const { body } = await administrator.call<{ mails: { id: string; to: string; subject: string }[] }>(
        'GET',
        '/outbox?limit=200',
      );
      return body.mails.filter(({ subject }) => subject.startsWith('Many changes of accounts wait'));
    };
    for (const id of ids) await scim.patch(id, { op: 'replace', path: 'active', value: false });
    await expect.poll(async () => (await mails()).map(({ to }) => to)).toEqual(['bea@example.com']);
    const [mail] = await mails();
    const { body } = await administrator.call<{ text: string }>('GET', `/outbox/${mail?.id}`);
    expect(body.text).toContain('Entra ID');
  });
});
