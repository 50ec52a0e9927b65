import type { EffectivePolicy } from '../external/external-directory.ts';
import { createPolicyMemory } from '../external/policy-memory.ts';
import type { LdapConnection } from './ldap-connection.ts';
import { LdapResult } from './ldap-requests.ts';
import type { LdapEntry } from './ldap-entry.ts';
import type { LdapFlavour, LdapPolicy } from './ldap-flavour.ts';

export interface PolicyReader {
  /**
   * The policy of an entry: the one that it names, or else the default of the settings or of the server. Null if none is readable. Policies change
   * seldom, so one may be a minute old.
   */
  of(connection: LdapConnection, entry: LdapEntry | null): Promise<LdapPolicy | null>;
}

async function readPolicy(
  connection: LdapConnection,
  base: string,
  flavour: LdapFlavour,
): Promise<LdapPolicy | null> {
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

export function createPolicyReader({
  flavour,
  defaultPolicy,
  now,
}: {
  readonly flavour: LdapFlavour;
  /** Empty for the server's own. */
  readonly defaultPolicy: string;
  readonly now: () => number;
}): PolicyReader {
  const policies = createPolicyMemory<LdapPolicy | null>(now);
  return {
    of: async (connection, entry) => {
      const { policyAttribute } = flavour;
      const named = policyAttribute === null ? null : (entry?.text(policyAttribute) ?? null);
      const base = named ?? (defaultPolicy === '' ? flavour.defaultPolicy : defaultPolicy);
      return base === null ? null : policies.of(base, () => readPolicy(connection, base, flavour));
    },
  };
}

/** The rules in the form of the port; null for an unreadable policy. */
export function effectivePolicyOf(policy: LdapPolicy | null): EffectivePolicy {
  const {
    lockoutMs: _lockout,
    lockoutWindow: _window,
    ...rules
  } = policy ?? {
    minLength: null,
    complexity: null,
    history: null,
    minAge: null,
    lockoutThreshold: null,
    lockoutMs: null,
    lockoutWindow: null,
  };
  const names = Object.keys(rules) as (keyof typeof rules)[];
  return { ...rules, from: 'ppolicy', unreadable: names.filter((name) => rules[name] === null) };
}
