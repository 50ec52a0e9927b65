import { expect, it } from 'vitest';
import type { ProviderSettings } from '../../../shared/api/provider.ts';
import { readClaims } from './read-claims.ts';

const settings: ProviderSettings = {
  enabled: true,
  name: 'Example ID',
  issuer: 'https://id.example.com',
  clientId: 'reset-desk',
  scopes: 'openid',
  userNameClaim: 'preferred_username',
  rolesClaim: 'realm_access.roles',
  roles: [
    { value: 'desk', role: 'operator' },
    { value: 'desk-lead', role: 'approver' },
  ],
  userNameDomains: '',
  emailIsVerified: false,
  matchBy: 'user-name',
  create: false,
  secondFactor: 'here',
};
const read = (claims: object, change: Partial<ProviderSettings> = {}) =>
  readClaims(
    { ...settings, ...change },
    { issuer: 'https://id.example.com', subject: 's-1', claims: { ...claims } },
  );

it('maps the values of a claim to roles by a path', () => {
  expect(read({ realm_access: { roles: ['desk', 'other', 'administrator'] } }).roles).toEqual(['operator']);
  expect(read({ 'realm_access.roles': 'desk-lead' }).roles).toEqual(['approver']);
  expect(read({}).roles).toEqual([]);
  expect(read({ realm_access: { roles: [{ value: 'desk' }, 7, null] } }).roles).toEqual([]);
  expect(read({ realm_access: { roles: ['desk'] } }, { rolesClaim: '' }).roles).toBeNull();
});

it('believes an email only when the provider has verified it', () => {
  expect(read({ email: 'ann@example.com' }).email).toBeNull();
  expect(read({ email: 'ann@example.com', email_verified: 'yes' }).email).toBeNull();
  expect(read({ email: 'ann@example.com', email_verified: 'false' }).email).toBeNull();
  expect(read({ email: 'ann@example.com', email_verified: true }).email).toBe('ann@example.com');
});

const bea = 'bea@example.com';
/** Claims as Entra ID sends them: no `email_verified`, the user name is an address. */
const entra = { oid: '6f9619ff', preferred_username: bea, email: bea, name: 'Bea Example', tid: 'tenant' };

it('reads a verified address in every notation', () => {
  for (const verified of [true, 'true', 'True', 1, '1']) {
    expect(read({ email: bea, email_verified: verified }).email).toBe(bea);
    expect(read({ email: bea, xms_edov: verified }).email).toBe(bea);
  }
  for (const verified of [false, 'false', 'False', 'untrue', 0, null, undefined, {}])
    expect(read({ email: bea, email_verified: verified, xms_edov: verified }).email).toBeNull();
});

it('takes an address without a claim about it only from a provider whose addresses count as verified', () => {
  expect(read(entra).email).toBeNull();
  expect(read(entra, { emailIsVerified: true }).email).toBe(bea);
});

it('takes the first address of a list', () => {
  const list = { emails: [bea, 'bea@other.example'] };
  expect(read(list).email).toBeNull();
  expect(read(list, { emailIsVerified: true }).email).toBe(bea);
});

it('drops only the domain of a user name that the settings name', () => {
  const domains = { userNameDomains: 'Example.com, CORP' };
  expect(read(entra).userName).toBe(bea);
  expect(read(entra, domains).userName).toBe('bea');
  expect(read({ preferred_username: 'BEA@EXAMPLE.COM' }, domains).userName).toBe('BEA');
  expect(read({ preferred_username: 'CORP\\bea' }, domains).userName).toBe('bea');
  for (const named of ['@example.com', 'example.com;corp', 'CORP\\ @Example.com'])
    expect(read(entra, { userNameDomains: named }).userName).toBe('bea');
  expect(read({ preferred_username: 'OTHER\\bea' }, domains).userName).toBe('OTHER\\bea');
  expect(read({ preferred_username: 'bea@partner.example' }, domains).userName).toBe('bea@partner.example');
  expect(read({ preferred_username: 'bea@sub.example.com' }, domains).userName).toBe('bea@sub.example.com');
});

it('takes the user principal name where the claim of the user name is missing', () => {
  expect(read({ upn: bea }).userName).toBe(bea);
});

it('tells groups that did not fit from a claim that is not set up', () => {
  const groups = { rolesClaim: 'groups' };
  expect(read({ _claim_names: { groups: 'src1' } }, groups).groupsLeftOut).toBe(true);
  expect(read({ hasgroups: true }, groups).groupsLeftOut).toBe(true);
  expect(read({ hasgroups: true, groups: ['desk'] }, groups).groupsLeftOut).toBe(false);
  expect(read(entra, groups)).toMatchObject({ groupsLeftOut: false, missingRolesClaim: 'groups' });
});
