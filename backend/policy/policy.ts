import {
  defaultPolicy,
  policyDocument,
  type PolicyDocument,
  type PolicyView,
} from '../../shared/api/policy.ts';
import type { Origin } from '../store/append-event.ts';
import { Refusal } from '../refusal.ts';
import type { Transaction, Store } from '../store/store.ts';
import type { PolicyInForce, PolicyVersion } from './policy-in-force.ts';

export interface Policy extends PolicyInForce {
  view(): Promise<PolicyView>;
  /** Puts a new version in force, unless somebody else has done so since `basedOn`. */
  change(basedOn: number, document: PolicyDocument, origin: Origin): Promise<PolicyView>;
}

/** A document that was written before a rule existed takes the product's default for that rule. */
function readDocument(text: string): PolicyDocument {
  const stored = JSON.parse(text) as Readonly<Record<string, object>>;
  const sections = Object.entries(defaultPolicy).map(([name, defaults]) => [
    name,
    Array.isArray(defaults) || typeof defaults !== 'object'
      ? (stored[name] ?? defaults)
      : { ...defaults, ...stored[name] },
  ]);
  return policyDocument.parse(Object.fromEntries(sections));
}

/** The policy's versions; version 1 is the product's default and needs no row. */
export function createPolicy({
  store,
  now,
  breachedList = 'none',
}: {
  readonly store: Store;
  readonly now: () => number;
  /** Which list of breached passwords the configuration names. */
  readonly breachedList?: PolicyView['breachedList'];
}): Policy {
  /**
   * What was read last outside a transaction: each call asks several times, and this backend is the only one that writes. Whatever acts on the
   * policy reads it in its own transaction.
   */
  let inForce: PolicyVersion | null = null;
  let changes = 0;
  let known: { readonly text: string; readonly document: PolicyDocument } | null = null;
  /** Read once: each call asks which version is in force, and it is seldom another one. */
  const documentOf = (text: string): PolicyDocument => {
    if (known?.text !== text) known = { text, document: readDocument(text) };
    return known.document;
  };
  const newest = async (tx: Transaction | undefined) => {
    const row = await (tx ?? store.db)
      .selectFrom('policies')
      .selectAll()
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row
      ? { ...row, document: documentOf(row.document) }
      : { version: 1, document: defaultPolicy, changed_at: 0, changed_by: null };
  };
  const view = async (): Promise<PolicyView> => {
    const { version, document, changed_at, changed_by } = await newest(undefined);
    const changedAt = new Date(changed_at).toISOString();
    return { version, document, changedAt, changedBy: changed_by, breachedList };
  };
  return {
    current: async (tx) => {
      if (tx === undefined && inForce !== null) return inForce;
      const asked = changes;
      const { version, document } = await newest(tx);
      // What was asked for before a change may be answered after it.
      if (tx === undefined && asked === changes) inForce = { version, document };
      return { version, document };
    },
    view,
    change: async (basedOn, document, origin) => {
      await store.change(origin, async (tx, record) => {
        const { version } = await newest(tx);
        if (version !== basedOn) {
          throw new Refusal('request.conflict', {
            detail: 'The policy was changed meanwhile. Read it again.',
          });
        }
        const changedBy = origin.actor.kind === 'system' ? null : origin.actor.name;
        await tx
          .insertInto('policies')
          .values({
            version: version + 1,
            document: JSON.stringify(document),
            changed_at: now(),
            changed_by: changedBy,
          })
          .execute();
        await record({
          action: 'policy.changed',
          policyVersion: version + 1,
          facts: { from: version, to: version + 1 },
        });
      });
      inForce = null;
      changes += 1;
      return view();
    },
  };
}
