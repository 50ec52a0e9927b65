import { describe, expect } from 'vitest';
import type { AccountSource } from '../../../shared/api/account-sources.ts';
import type { AccountView } from '../../../shared/api/account.ts';
import { sourceIdKey } from '../../../backend/text/source-id.ts';
import { importCsv } from '../../backend/import-csv.ts';
import { enterpriseUrn, entraUser, scimClient } from '../../backend/scim-client.ts';
import type { Member, StaffedDesk } from '../../backend/staffed-desk.ts';
import { sharedDeskTest } from '../../fixtures/api.ts';

const it = sharedDeskTest.extend('scim', { scope: 'file' }, ({ staffedDesk }) => scimClient(staffedDesk));

interface Held {
  readonly id: string;
  readonly reason: string;
  readonly row: { readonly userName: string };
}
const heldOf = async (ann: Member, userName: string) =>
  (await ann.call<{ rows: Held[] }>('GET', '/held-rows')).body.rows.filter(
    ({ row }) => row.userName === userName,
  );
const viewOf = async (ann: Member, id: string) =>
  (await ann.call<AccountView>('GET', `/accounts/${id}`)).body;
const sourceOf = async (ann: Member, id: string) =>
  (await ann.call<{ sources: AccountSource[] }>('GET', '/account-sources')).body.sources.find(
    (source) => source.id === id,
  );

describe('the identity of a user that comes by SCIM', () => {
  it('is that of the account with the same id, whatever the user name is', async ({ scim, staffedDesk }) => {
    const { ann } = staffedDesk;
    const guid = '6f9619ff-8b86-d011-b42d-00c04fc964ff';
    await importCsv(ann, {
      csv: `{${guid.toUpperCase()}},signe,Signe Ek`,
      fields: ['id', 'userName', 'displayName'],
    });
    const { status, body } = await scim.create(entraUser('signe.ek', 'Signe Ek', { externalId: guid }));
    expect(status).toBe(201);
    expect(body.id).toBe(await ann.accountId('signe'));
  });

  it('is held where a user name belongs to another person, until an administrator decides', async ({
    scim,
    staffedDesk,
  }) => {
    const { ann } = staffedDesk;
    await importCsv(ann, {
      csv: 'tuva,Tuva Strand,P-1',
      fields: ['userName', 'displayName', 'employeeNumber'],
    });
    const former = await ann.accountId('tuva');
    const user = entraUser('tuva', 'Tuva Nord', { [enterpriseUrn]: { employeeNumber: 'P-2' } });
    const held = await scim.create(user);
    expect(held).toMatchObject({ status: 409, body: { scimType: 'uniqueness' } });
    expect((await scim.find('userName eq "tuva"')).body.totalResults).toBe(0);
    expect((await viewOf(ann, former)).displayName).toBe('Tuva Strand');
    await scim.create(user);
    const rows = await heldOf(ann, 'tuva');
    expect(rows).toMatchObject([{ reason: 'employee-number-differs' }]);
    await ann.call('POST', `/held-rows/${rows[0]?.id}/decision`, {
      decision: 'new-person',
      reason: 'Tuva Nord started today',
    });
    const made = await scim.create(user);
    expect(made.status).toBe(201);
    expect(made.body.id).not.toBe(former);
    expect((await viewOf(ann, former)).statuses).toEqual(['disabled']);
  });

  it('is held where a change would take another person’s user name', async ({ scim, staffedDesk }) => {
    const { ann } = staffedDesk;
    await importCsv(ann, { csv: 'unni,Unni Lie', fields: ['userName', 'displayName'] });
    const { body } = await scim.create(entraUser('vilde', 'Vilde Lie'));
    const renamed = await scim.patch(body.id, { op: 'replace', path: 'userName', value: 'unni' });
    expect(renamed.status).toBe(409);
    expect((await scim.send('GET', `/Users/${body.id}`)).body.userName).toBe('vilde');
    expect(await heldOf(ann, 'unni')).toMatchObject([{ reason: 'user-name-taken' }]);
  });

  it('stays with its account when the provider’s id changes', async ({ scim }) => {
    const { body } = await scim.create(entraUser('ylva', 'Ylva Moe'));
    const changed = await scim.patch(body.id, { op: 'replace', path: 'externalId', value: 'ext-new' });
    expect(changed).toMatchObject({ status: 200, body: { externalId: 'ext-new' } });
    await scim.send('DELETE', `/Users/${body.id}`);
    const again = await scim.create(entraUser('ylva.moe', 'Ylva Moe', { externalId: 'ext-new' }));
    expect(again.body.id).toBe(body.id);
  });

  it('leaves fields that the provider never sends as another source set them', async ({
    scim,
    staffedDesk,
  }) => {
    const { ann } = staffedDesk;
    await importCsv(ann, {
      csv: 'agda,Agda Holm,A-7,+49 151 5550177,Ward 7',
      fields: ['userName', 'displayName', 'employeeNumber', 'phone', 'department'],
    });
    const { body } = await scim.create(
      entraUser('agda', 'Agda Holm', { [enterpriseUrn]: { employeeNumber: 'A-7' } }),
    );
    expect(await viewOf(ann, body.id)).toMatchObject({
      department: 'Ward 7',
      phoneMasked: expect.stringMatching(/177$/),
    });
  });
});

describe('a user whose account is kept elsewhere', () => {
  const moveToDirectory = async ({ backend }: StaffedDesk, accountId: string) =>
    backend.changeRows(async (db) => {
      await db
        .insertInto('directories')
        .values({
          id: `dir-${accountId}`,
          kind: 'ldap',
          name: 'LDAP',
          settings: '{}',
          enabled: 0,
          created_at: 1,
          changed_at: 1,
          accounts_read: 0,
        })
        .execute();
      await db
        .updateTable('accounts')
        .set({ directory: 'ldap', directory_id: `dir-${accountId}` })
        .where('id', '=', accountId)
        .execute();
    });

  it('gets an account of its own in the built-in directory', async ({ scim, staffedDesk }) => {
    const { ann } = staffedDesk;
    await importCsv(ann, {
      csv: 'bodil,Bodil Holm,B-1',
      fields: ['userName', 'displayName', 'employeeNumber'],
    });
    const accountId = await ann.accountId('bodil');
    await moveToDirectory(staffedDesk, accountId);
    const user = entraUser('bodil', 'Bodil Holm', { [enterpriseUrn]: { employeeNumber: 'B-1' } });
    const made = await scim.create(user);
    expect(made.status).toBe(201);
    expect(made.body.id).not.toBe(accountId);
    expect(await heldOf(ann, 'bodil')).toEqual([]);
  });

  it('writes to the account to which a decision has added its id, and does not close it', async ({
    scim,
    staffedDesk,
  }) => {
    const { ann, backend } = staffedDesk;
    await importCsv(ann, { csv: 'birte,Birte Holm', fields: ['userName', 'displayName'] });
    const accountId = await ann.accountId('birte');
    await moveToDirectory(staffedDesk, accountId);
    const user = { ...entraUser('birte', 'Birte Holm'), externalId: 'birte-at-entra' };
    await backend.changeRows((db) =>
      db
        .insertInto('account_source_ids')
        .values({
          source_id_key: sourceIdKey(scim.source.name, user.externalId) ?? '',
          source: scim.source.name,
          source_id: user.externalId,
          account_id: accountId,
          added_at: 1,
        })
        .execute(),
    );
    const made = await scim.create(user);
    expect([made.status, made.body.id]).toEqual([201, accountId]);
    // What the directory keeps is not closed by another system.
    expect((await scim.send('DELETE', `/Users/${accountId}`)).status).toBe(204);
    expect((await viewOf(ann, accountId)).statuses).not.toContain('disabled');
  });
});

describe('many changes by SCIM within an hour', () => {
  it('are held at the bounds of imports until an administrator allows them', async ({ staffedDesk }) => {
    const { ann, backend } = staffedDesk;
    const scim = await scimClient(staffedDesk, 'Many');
    await staffedDesk.changePolicy((document) => ({
      accounts: { ...document.accounts, massChange: { percent: 100, accounts: 5 } },
    }));
    const ids: string[] = [];
    for (let at = 0; at < 8; at += 1)
      ids.push((await scim.create(entraUser(`many${at}`, `Many ${at}`))).body.id as string);
    const disable = (id: string | undefined) =>
      scim.patch(id ?? '', { op: 'replace', path: 'active', value: false });
    for (const id of ids.slice(0, 5)) expect((await disable(id)).status).toBe(200);
    // Another change of the same account does not count again.
    expect((await scim.patch(ids[0] ?? '', { op: 'replace', path: 'active', value: true })).status).toBe(200);
    const sixth = await disable(ids[5]);
    expect([sixth.status, sixth.headers.get('retry-after')]).toEqual([429, '3600']);
    expect((await viewOf(ann, ids[5] ?? '')).statuses).toEqual(['active']);
    expect((await scim.send('GET', `/Users/${ids[5]}`)).body.active).toBe(true);
    expect((await sourceOf(ann, scim.source.id))?.heldSince).not.toBeNull();
    // Changes that cannot be mass changes are still made. All others wait, whatever their kind.
    expect((await scim.patch(ids[6] ?? '', { op: 'replace', path: 'displayName', value: 'M' })).status).toBe(
      200,
    );
    expect((await scim.send('DELETE', `/Users/${ids[7]}`)).status).toBe(429);
    // The changes wait for a decision instead of the end of the hour.
    await backend.changeRows((db) => db.updateTable('source_changes').set({ at: 1 }).execute());
    expect((await disable(ids[5])).status).toBe(429);
    await ann.prove();
    const path = `/account-sources/${scim.source.id}/allow`;
    expect((await ann.call('POST', path, { hours: 1, reason: 'A merger' })).status).toBe(200);
    for (const id of ids.slice(5)) expect((await disable(id)).status).toBe(200);
    const events = await backend.readTable('audit_events');
    const about = (action: string) => events.filter((event) => event['action'] === action).length;
    expect([about('source.changes-held'), about('source.changes-allowed')]).toEqual([1, 1]);
  });
});
