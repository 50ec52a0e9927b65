import { unreadIn, unreadPolicy, withAbsent, type EffectivePolicy } from '../external/effective-policy.ts';
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

/** The parts of a text with a number of characters; of a shorter text none, and without a number the text itself. */
function partsOf(text: string, length: number | null): readonly string[] {
  if (length === null) return [text];
  const characters = [...text];
  const count = Math.max(0, characters.length - length + 1);
  return Array.from({ length: count }, (_, at) => characters.slice(at, at + length).join(''));
}

/** The rules for an entry in the form of the port; null for an unreadable policy. */
export function effectivePolicyOf(policy: LdapPolicy | null, entry: LdapEntry): EffectivePolicy {
  const { minLength, complexity, history, minAge, lockoutThreshold } = policy ?? unreadPolicy;
  const values = { minLength, complexity, history, minAge, lockoutThreshold };
  const { characters = {}, unchecked = [], refusedTexts } = policy ?? {};
  const refused = refusedTexts?.attributes.flatMap((attribute) => entry.texts(attribute)) ?? [];
  return withAbsent(
    { ...values, characters, unchecked, from: 'ppolicy', unreadable: unreadIn(values) },
    refused.flatMap((text) => partsOf(text, refusedTexts?.partLength ?? null)),
  );
}
