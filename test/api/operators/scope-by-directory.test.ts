import { describe, expect } from 'vitest';
import type { OperatorRow } from '../../../shared/api/operators.ts';
import { staffedTest as it } from '../../fixtures/api.ts';

const [headOffice, plant] = ['6f1a0c1e-0000-4000-8000-000000000001', '6f1a0c1e-0000-4000-8000-000000000002'];

describe('an operator whose scope is one of two LDAP directories', () => {
  it('works on its accounts, and on those of the other neither by search, by case nor in lists', async ({
    backend,
    staffedDesk,
    administrator,
  }) => {
    const found = await administrator.call<{ hits: { userName: string }[] }>('GET', '/accounts?q=E10002');
    const other = found.body.hits[0]?.userName ?? '';
    const row = { kind: 'ldap', settings: '{}', created_at: 1, changed_at: 1, enabled: 0 } as const;
    await backend.changeRows(async (db) => {
      for (const [id, name, userName] of [
        [headOffice, 'Head office', 'm.okafor'],
        [plant, 'Plant', other],
      ] as const) {
        await db
          .insertInto('directories')
          .values({ ...row, id, name, accounts_read: 0 })
          .execute();
        await db
          .updateTable('accounts')
          .set({ directory: 'ldap', directory_id: id })
          .where('user_name', '=', userName)
          .execute();
      }
    });
    const ofPlant = await administrator.accountId(other);
    const operator = await staffedDesk.hire('olga', 'Olga Operator', ['operator'], {
      directories: [headOffice],
    });

    const hit = async (q: string) =>
      (await operator.call<{ hits: { outOfScope: boolean }[] }>('GET', `/accounts?q=${q}`)).body.hits[0];
    expect(await hit('m.okafor')).toMatchObject({ outOfScope: false });
    expect(await hit(other)).toMatchObject({ outOfScope: true });
    expect(await operator.call('GET', `/accounts/${ofPlant}`)).toMatchObject({
      status: 403,
      body: { code: 'account.out-of-scope' },
    });
    expect((await operator.call('POST', '/cases', { accountId: ofPlant })).status).toBe(403);
    expect((await administrator.openCase(other)).id).toBeTruthy();
    const { body } = await administrator.call<{ operators: OperatorRow[]; directories: object[] }>(
      'GET',
      '/operators',
    );
    expect(body.operators.find(({ userName }) => userName === 'olga')?.scope.directories).toEqual([
      headOffice,
    ]);
    expect(body.directories).toEqual([
      { id: headOffice, name: 'Head office' },
      { id: plant, name: 'Plant' },
    ]);
  });
});
