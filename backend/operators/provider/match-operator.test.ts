import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { everyAccount } from '../../../shared/api/operator.ts';
import type { ProviderSettings } from '../../../shared/api/provider.ts';
import { openForTest } from '../../accounts/open-for-test.ts';
import { staffRow } from '../../drill/invented-staff.ts';
import { createLive } from '../../live/live.ts';
import { Refusal } from '../../refusal.ts';
import type { OperatorsTable } from '../../store/tables.ts';
import { matchOperator } from './match-operator.ts';
import type { ProviderPerson } from './read-claims.ts';

const issuer = 'https://id.example.com';
const settings: ProviderSettings = {
  enabled: true,
  name: 'Example ID',
  issuer,
  clientId: 'desk',
  scopes: 'openid',
  userNameClaim: 'preferred_username',
  rolesClaim: 'groups',
  roles: [{ value: 'desk', role: 'operator' }],
  userNameDomains: '',
  emailIsVerified: false,
  matchBy: 'user-name',
  create: false,
  secondFactor: 'provider',
};
const bob: ProviderPerson = {
  issuer,
  subject: 'bob-at-id',
  userName: 'bob',
  displayName: 'Bob Builder',
  email: 'bob@example.com',
  roles: ['operator'],
  missingRolesClaim: null,
  groupsLeftOut: false,
};
const linked = { provider_issuer: issuer, provider_subject: 'bob-at-id' };

describe('a person of the identity provider', () => {
  let desk: Awaited<ReturnType<typeof openForTest>>;
  beforeEach(async () => {
    desk = await openForTest();
  });
  afterEach(() => desk.close());

  const hire = (...rows: (Partial<OperatorsTable> & { readonly id: string })[]) =>
    desk.store.writeUnaudited((tx) =>
      tx
        .insertInto('operators')
        .values(
          [{ id: 'ann', roles: '["administrator"]' }, ...rows].map((row) => ({
            ...staffRow({ id: row.id, displayName: row.id }, 0),
            roles: '["operator"]',
            ...row,
          })),
        )
        .execute(),
    );
  const signIn = (person: Partial<ProviderPerson> = {}, change: Partial<ProviderSettings> = {}) =>
    matchOperator(
      { store: desk.store, live: createLive() },
      { ...settings, ...change },
      { ...bob, ...person },
      { clientAddress: null, client: null },
      desk.now(),
    ).then(
      ({ id }) => id,
      (thrown: unknown) => (thrown instanceof Refusal ? thrown.code : 'fault'),
    );
  const row = async (id: string) => {
    const found = await desk.store.db
      .selectFrom('operators')
      .select(['roles', 'state', 'provider_subject'])
      .where('id', '=', id)
      .executeTakeFirst();
    return found ? { ...found, roles: JSON.parse(found.roles) as string[] } : null;
  };
  it('is the operator who is linked, by any name', async () => {
    await hire({ id: 'bob', ...linked });
    expect(await signIn({ userName: 'robert', email: null }, { matchBy: 'nothing' })).toBe('bob');
  });
  it.each([
    ['another subject', { provider_subject: 'eve-at-id' }],
    ['another issuer', { provider_issuer: 'https://other.example.com' }],
  ])('is not the operator of the same name who is linked to %s', async (_what, change) => {
    await hire({ id: 'bob', ...linked, ...change });
    expect(await signIn()).toBe('provider.unknown-operator');
  });

  it.each<[ProviderSettings['matchBy'], Partial<OperatorsTable>, Partial<ProviderPerson>, boolean]>([
    ['user-name', {}, { userName: 'BOB' }, true],
    ['user-name', {}, { userName: 'robert' }, false],
    ['user-name', { email: 'bob@example.com' }, { userName: 'robert' }, false],
    ['email', { email: 'Bob@Example.com' }, { userName: 'robert' }, true],
    ['email', { email: 'other@example.com' }, {}, false],
    ['email', { email: 'bob@example.com' }, { email: null }, false],
    ['nothing', { email: 'bob@example.com' }, {}, false],
  ])('is recognised by %s: %j, %j, %s', async (matchBy, operator, person, isRecognised) => {
    await hire({ id: 'bob', ...operator });
    expect(await signIn(person, { matchBy })).toBe(isRecognised ? 'bob' : 'provider.unknown-operator');
    expect((await row('bob'))?.provider_subject).toBe(isRecognised ? 'bob-at-id' : null);
  });
  it('is not recognised by an address that two operators have', async () => {
    await hire({ id: 'bob', email: 'bob@example.com' }, { id: 'bill', email: 'bob@example.com' });
    expect(await signIn({}, { matchBy: 'email' })).toBe('provider.unknown-operator');
  });
  it.each([
    ['invited', 'bob', 'active'],
    ['active', 'bob', 'active'],
    ['disabled', 'operator.disabled', 'disabled'],
    ['removed', 'provider.unknown-operator', 'removed'],
  ])('who is %s here gets the answer %s', async (state, answer, after) => {
    await hire({ id: 'bob', state });
    expect(await signIn()).toBe(answer);
    expect(await row('bob')).toMatchObject({
      state: after,
      provider_subject: answer === 'bob' ? 'bob-at-id' : null,
    });
  });
  it('who is linked and disabled here is refused', async () => {
    await hire({ id: 'bob', ...linked, state: 'disabled' });
    expect(await signIn()).toBe('operator.disabled');
  });

  it.each([
    ['takes the roles of the provider', ['approver'], ['approver']],
    ['keeps the roles of the desk where the provider gives none', null, ['operator']],
  ] as const)('%s', async (_what, given, after) => {
    await hire({ id: 'bob', ...linked });
    await signIn({ roles: given === null ? null : [...given] });
    expect((await row('bob'))?.roles).toEqual(after);
  });
  it('without any role in the claim loses the roles of the desk', async () => {
    await hire({ id: 'bob', ...linked });
    expect(await signIn({ roles: [] })).toBe('provider.no-role');
    expect((await row('bob'))?.roles).toEqual([]);
  });
  it('without any role in the claim leaves the roles of an operator who is not linked', async () => {
    await hire({ id: 'bob' });
    expect(await signIn({ roles: [] })).toBe('provider.no-role');
    expect(await row('bob')).toMatchObject({ roles: ['operator'], provider_subject: null });
  });
  it.each([
    ['the last administrator', {}, ['operator', 'administrator']],
    ['one administrator of two', { id: 'amy', roles: '["administrator"]' }, ['operator']],
    [
      'the last administrator of every account',
      {
        id: 'amy',
        roles: '["administrator"]',
        scope: JSON.stringify({ ...everyAccount, tiers: ['standard'] }),
      },
      ['operator', 'administrator'],
    ],
    [
      'an administrator beside one who is disabled',
      { id: 'amy', roles: '["administrator"]', state: 'disabled' },
      ['operator', 'administrator'],
    ],
  ])('who is %s and gets another role has these: %j, %j', async (_who, other, after) => {
    await hire(...('id' in other ? [other as { id: string }] : []));
    await signIn({ userName: 'ann' });
    expect((await row('ann'))?.roles).toEqual(after);
  });

  it.each<[string, string, string, Partial<ProviderPerson>]>([
    ['the last administrator', 'ann', '["administrator"]', { userName: 'ann' }],
    ['the last administrator', 'ann', '["administrator"]', { userName: 'ann', roles: [] }],
    ['an operator without a role', 'bob', '[]', { roles: [] }],
  ])('changes %s once (%s, %s, %j), however often they sign in', async (_who, id, roles, person) => {
    await hire({ id: 'bob' });
    await desk.store.writeUnaudited((tx) =>
      tx
        .updateTable('operators')
        .set({ roles, ...linked })
        .where('id', '=', id)
        .execute(),
    );
    const events = async () =>
      (await desk.store.db.selectFrom('audit_events').select('seq').execute()).length;
    await signIn(person);
    const once = await events();
    const answers = [await signIn(person), await signIn(person)];
    expect(new Set(answers)).toEqual(new Set([person.roles ? 'provider.no-role' : id]));
    expect(await events()).toBe(once);
  });

  const created = () =>
    desk.store.db
      .selectFrom('operators')
      .select(['user_name', 'roles'])
      .where('user_name', '=', 'bob')
      .execute();
  it('who is unknown becomes an operator where the settings say so', async () => {
    await hire();
    await signIn({}, { create: true });
    expect(await created()).toEqual([{ user_name: 'bob', roles: '["operator"]' }]);
  });
  it.each<[string, Partial<ProviderPerson>, Partial<ProviderSettings>, string]>([
    ['where the settings do not say so', {}, {}, 'provider.unknown-operator'],
    ['without a role', { roles: [] }, { create: true }, 'provider.no-role'],
    ['where the provider gives no roles', { roles: null }, { create: true }, 'provider.no-role'],
  ])('who is unknown becomes none %s', async (_why, person, change, answer) => {
    await hire();
    expect(await signIn(person, change)).toBe(answer);
    expect(await created()).toEqual([]);
  });
  it.each<[string, Partial<OperatorsTable>]>([
    ['the user name', { user_name: 'bob', user_name_key: 'bob', ...linked, provider_subject: 'eve-at-id' }],
    ['the address', { email: 'bob@example.com' }],
  ])('who is unknown becomes none under %s of an operator', async (_what, taken) => {
    await hire({ id: 'eve', ...taken });
    expect(await signIn({}, { create: true })).toBe('provider.unknown-operator');
  });
});
