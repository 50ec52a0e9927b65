import { defaultPolicy, policyDocument, type PolicyDocument } from '../../shared/api/policy.ts';
import type { PolicyView } from '../../shared/api/policy-calls.ts';
import type { Origin } from '../store/append-event.ts';
import { Refusal } from '../refusal.ts';
import { thenForget } from '../store/database-fault.ts';
import type { Transaction, Store } from '../store/store.ts';
import type { PolicyInForce, PolicyVersion } from './policy-in-force.ts';

export interface Policy extends PolicyInForce {
  view(): Promise<PolicyView>;
  /** Saves a new version; throws `request.conflict` if `basedOn` is no longer the current one. */
  change(basedOn: number, document: PolicyDocument, origin: Origin): Promise<PolicyView>;
}

/** Reads a stored document. Rules that did not exist when it was written get their defaults. */
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

/** The policy's versions. Version 1 is the built-in default and has no row. */
export function createPolicy({
  store,
  now,
  breachedList = 'none',
}: {
  readonly store: Store;
  readonly now: () => number;
  /** The configured list of breached passwords. */
  readonly breachedList?: PolicyView['breachedList'];
}): Policy {
  /**
   * Cache of reads outside a transaction, since each call reads the policy several times and only this process writes it. Code that acts on the policy
   * reads it in its own transaction.
   */
  let inForce: PolicyVersion | null = null;
  let changes = 0;
  let parsed: { readonly text: string; readonly document: PolicyDocument } | null = null;
  /** Parses a document only if it differs from the last one. */
  const documentOf = (text: string): PolicyDocument => {
    if (parsed?.text !== text) parsed = { text, document: readDocument(text) };
    return parsed.document;
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
      // A read that began before a change may end after it and must not be cached.
      if (tx === undefined && asked === changes) inForce = { version, document };
      return { version, document };
    },
    view,
    change: async (basedOn, document, origin) => {
      const change = store.change(origin, async (tx, record) => {
        const { version } = await newest(tx);
        if (version !== basedOn) {
          throw new Refusal('request.conflict', {
            detail: 'The policy was changed in the meantime. Reload it.',
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
      await thenForget(change, () => {
        inForce = null;
        changes += 1;
      });
      return view();
    },
  };
}
