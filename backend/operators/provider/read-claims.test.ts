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
  matchBy: 'user-name',
  create: false,
  secondFactor: 'here',
};
const read = (claims: object, change: Partial<ProviderSettings> = {}) =>
  readClaims(
    { ...settings, ...change },
    { issuer: 'https://id.example.com', subject: 's-1', claims: { ...claims } },
  );

it('maps the values of a claim to roles, by a path, and gives nothing for what is not mapped', () => {
  expect(read({ realm_access: { roles: ['desk', 'other', 'administrator'] } }).roles).toEqual(['operator']);
  expect(read({ 'realm_access.roles': 'desk-lead' }).roles).toEqual(['approver']);
  expect(read({}).roles).toEqual([]);
  expect(read({ realm_access: { roles: [{ value: 'desk' }, 7, null] } }).roles).toEqual([]);
  expect(read({ realm_access: { roles: ['desk'] } }, { rolesClaim: '' }).roles).toBeNull();
});

it('believes an email only when the provider has verified it', () => {
  expect(read({ email: 'ann@example.com' }).email).toBeNull();
  expect(read({ email: 'ann@example.com', email_verified: 'true' }).email).toBeNull();
  expect(read({ email: 'ann@example.com', email_verified: true }).email).toBe('ann@example.com');
});
