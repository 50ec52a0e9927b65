import type { EffectivePolicy } from '../external/external-directory.ts';
import type { LdapConnection } from './ldap-connection.ts';
import { LdapResult } from './ldap-requests.ts';
import type { LdapEntry } from './ldap-entry.ts';
import type { LdapFlavour, LdapPolicy } from './ldap-flavours.ts';

/** The policy of an entry: the one that it names, or else the default of the settings or of the server. Null if none is readable. */
export async function readPolicy(
  connection: LdapConnection,
  entry: LdapEntry | null,
  { flavour, defaultPolicy }: { readonly flavour: LdapFlavour; readonly defaultPolicy: string },
): Promise<LdapPolicy | null> {
  const named = flavour.policyAttribute === null ? null : (entry?.text(flavour.policyAttribute) ?? null);
  const base = named ?? (defaultPolicy === '' ? flavour.defaultPolicy : defaultPolicy);
  if (base === null) return null;
  const [policy] = await connection
    .search({ base, scope: 'base', filter: '(objectClass=*)', attributes: flavour.policyAttributes })
    .catch((thrown: unknown) => {
      if (thrown instanceof LdapResult) return [];
      throw thrown;
    });
  // A server omits the attributes that the service account may not read.
  if (policy === undefined || flavour.policyAttributes.every((name) => policy.text(name) === null))
    return null;
  return flavour.policy(policy);
}

/** The rules in the form of the port; null for an unreadable policy. */
export function effectivePolicyOf(policy: LdapPolicy | null): EffectivePolicy {
  const { lockoutMs: _lockout, ...rules } = policy ?? {
    minLength: null,
    complexity: null,
    history: null,
    minAge: null,
    lockoutThreshold: null,
    lockoutMs: null,
  };
  const names = Object.keys(rules) as (keyof typeof rules)[];
  return { ...rules, from: 'ppolicy', unreadable: names.filter((name) => rules[name] === null) };
}
