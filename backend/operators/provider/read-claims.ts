import type { ProviderSettings } from '../../../shared/api/provider.ts';
import { roles as allRoles, type Role } from '../../../shared/api/operator.ts';
import { withoutInvisible } from '../../../shared/api/typed-text.ts';
import type { Claims } from './relying-party.ts';

/** The person that the provider's claims describe. */
export interface ProviderPerson {
  readonly issuer: string;
  readonly subject: string;
  readonly userName: string;
  readonly displayName: string;
  /** Null unless the provider has verified it. */
  readonly email: string | null;
  /** Null if the settings take no roles from the provider. */
  readonly roles: readonly Role[] | null;
  /** The claim of the roles that the provider did not send; null if it did, or if none is configured. */
  readonly missingRolesClaim: string | null;
}

/** A claim by its name, or by a path such as `realm_access.roles` if no claim has that name. */
function claimAt(claims: Claims, path: string): unknown {
  if (path in claims) return claims[path];
  return path
    .split('.')
    .reduce<unknown>(
      (inside, name) =>
        typeof inside === 'object' && inside !== null ? (inside as Claims)[name] : undefined,
      claims,
    );
}

/** A claim as a name typed by a person would be read: invisible and control characters are left out. */
const text = (value: unknown): string =>
  typeof value === 'string'
    ? withoutInvisible(value)
        .replaceAll(/\p{Cc}+/gu, ' ')
        .trim()
    : '';
const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? (value as unknown[]) : [value]).map(text).filter((item) => item !== '');

/** Reads the claims as the settings map them. */
export function readClaims(
  { userNameClaim, rolesClaim, roles }: ProviderSettings,
  { issuer, subject, claims }: { issuer: string; subject: string; claims: Claims },
): ProviderPerson {
  const email = claims['email_verified'] === true ? text(claims['email']) : '';
  const userName = text(claimAt(claims, userNameClaim)) || email || subject;
  const rolesThere = claimAt(claims, rolesClaim);
  const given = new Set(texts(rolesThere));
  const granted = new Set(roles.filter(({ value }) => given.has(value)).map(({ role }) => role));
  return {
    issuer,
    subject,
    userName: userName.slice(0, 120),
    displayName: (text(claims['name']) || userName).slice(0, 200),
    email: email === '' ? null : email,
    missingRolesClaim: rolesClaim !== '' && rolesThere === undefined ? rolesClaim : null,
    roles: rolesClaim === '' ? null : allRoles.filter((role) => granted.has(role)),
  };
}
