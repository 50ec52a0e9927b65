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
  /** The provider left the groups out because there are too many for a token. */
  readonly groupsLeftOut: boolean;
  /** The claim of the roles that the provider did not send; null if it did, or if none is configured. */
  readonly missingRolesClaim: string | null;
}

/** A claim by its name, or by a path such as `realm_access.roles` if no claim has that name. */
export function claimAt(claims: Claims, path: string): unknown {
  if (path in claims) return claims[path];
  return path
    .split('.')
    .reduce<unknown>(
      (inside, name) =>
        typeof inside === 'object' && inside !== null ? (inside as Claims)[name] : undefined,
      claims,
    );
}

/** Reads a claim like a name typed by a person, without invisible and control characters. */
const text = (value: unknown): string =>
  typeof value === 'string'
    ? withoutInvisible(value)
        .replaceAll(/\p{Cc}+/gu, ' ')
        .trim()
    : '';
const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? (value as unknown[]) : [value]).map(text).filter((item) => item !== '');

/** Whether Entra ID left out the groups: it then names them in `_claim_names` or sets `hasgroups`, because they do not fit into the token. */
const areGroupsLeftOut = (claims: Claims): boolean => {
  const names = claims['_claim_names'];
  return claims['hasgroups'] === true || (typeof names === 'object' && names !== null && 'groups' in names);
};

/** Whether a claim says yes; .NET writes `True`. */
const isTrue = (value: unknown): boolean =>
  value === true || value === 1 || (typeof value === 'string' && /^(?:true|1)$/iu.test(value));

/** A user name without the domain, if the settings name that domain. */
function withoutDomain(userName: string, domains: string): string {
  const named = new Set(
    [domains]
      .join(' ')
      .toLowerCase()
      .split(/[\s,;]+/)
      .map((domain) => domain.replace(/^@|\\$/u, '')),
  );
  const [, before = '', after = ''] = /^([^\\]+)\\([^\\@]+)$/.exec(userName) ?? [];
  if (after !== '' && named.has(before.toLowerCase())) return after;
  const at = userName.lastIndexOf('@');
  return at > 0 && named.has(userName.slice(at + 1).toLowerCase()) ? userName.slice(0, at) : userName;
}

/** Reads the claims as the settings map them. */
export function readClaims(
  { userNameClaim, userNameDomains, emailIsVerified, rolesClaim, roles }: ProviderSettings,
  { issuer, subject, claims }: { issuer: string; subject: string; claims: Claims },
): ProviderPerson {
  // Some providers write true as a text; Entra ID has a claim of its own, for addresses in a domain that the tenant has proved to own.
  const isVerified = emailIsVerified || isTrue(claims['email_verified']) || isTrue(claims['xms_edov']);
  // Azure AD B2C sends a list.
  const email = isVerified ? (texts(claims['email'])[0] ?? texts(claims['emails'])[0] ?? '') : '';
  const claimed = text(claimAt(claims, userNameClaim)) || text(claims['upn']) || email || subject;
  const userName = withoutDomain(claimed, userNameDomains);
  const rolesThere = claimAt(claims, rolesClaim);
  const given = new Set(texts(rolesThere));
  const granted = new Set(roles.filter(({ value }) => given.has(value)).map(({ role }) => role));
  return {
    issuer,
    subject,
    userName: userName.slice(0, 120),
    displayName: (text(claims['name']) || userName).slice(0, 200),
    email: email === '' ? null : email,
    groupsLeftOut: rolesThere === undefined && areGroupsLeftOut(claims),
    missingRolesClaim: rolesClaim !== '' && rolesThere === undefined ? rolesClaim : null,
    roles: rolesClaim === '' ? null : allRoles.filter((role) => granted.has(role)),
  };
}
