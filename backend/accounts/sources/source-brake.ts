import type { ImportCounts } from '../../../shared/api/import-view.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import type { Store, Transaction } from '../../store/store.ts';
import type { AccountSourcesTable } from '../../store/tables.ts';
import { few, massChangesOf } from '../import/mass-change.ts';

/** The period, in milliseconds, within which changes are counted together. */
const windowMs = 3_600_000;
const kinds = ['contact', 'tier', 'manager', 'status', 'closed'] as const;

/** A change to one account, in the form in which it counts towards a mass change. */
export interface CountedChange {
  readonly accountId: string;
  readonly kinds: readonly (keyof ImportCounts)[];
}

/**
 * Decides by the limits of imports whether a source may make a change. It may not if the change and those of the last hour together are a mass change.
 * Each account counts once. `allowed`: an administrator has allowed any number of changes. `held`: the source already waits for a decision. `begins`: it
 * waits from now on.
 */
export async function brakeOf(
  tx: Transaction,
  source: Pick<AccountSourcesTable, 'id'>,
  change: CountedChange,
  policy: PolicyInForce,
  now: number,
): Promise<'passes' | 'allowed' | 'held' | 'begins'> {
  if (change.kinds.length === 0) return 'passes';
  const { held_since: since, allowed_until: until } = await tx
    .selectFrom('account_sources')
    .select(['held_since', 'allowed_until'])
    .where('id', '=', source.id)
    .executeTakeFirstOrThrow();
  if ((until ?? 0) > now) return 'allowed';
  if (since !== null) return 'held';
  const counts: ImportCounts = { contact: 0, tier: 0, manager: 0, status: 0, closed: 0 };
  const counted = await tx
    .selectFrom('source_changes')
    .select((of) => ['kind', of.fn.countAll().as('count')])
    .where('source_id', '=', source.id)
    .where('at', '>', now - windowMs)
    .where('account_id', '!=', change.accountId)
    .groupBy('kind')
    .execute();
  for (const kind of kinds) {
    const before = Number(counted.find((row) => row.kind === kind)?.count ?? 0);
    // Other kinds stay within their limits, because this change does not raise their counts.
    if (change.kinds.includes(kind)) counts[kind] = before + 1;
  }
  // The accounts are counted only if the change could be part of a mass change.
  if (Object.values(counts).every((count) => (count ?? 0) <= few)) return 'passes';
  const { document } = await policy.current(tx);
  const total = await tx
    .selectFrom('accounts')
    .select((of) => of.fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  return massChangesOf(counts, 0, Number(total.count), document.accounts).length > 0 ? 'begins' : 'passes';
}

/** Records a change that was made. */
export async function countChange(
  tx: Transaction,
  source: Pick<AccountSourcesTable, 'id'>,
  { accountId, kinds: made }: CountedChange,
  now: number,
): Promise<void> {
  for (const kind of made)
    await tx
      .insertInto('source_changes')
      .values({ source_id: source.id, account_id: accountId, kind, at: now })
      .onConflict((on) => on.columns(['source_id', 'account_id', 'kind']).doUpdateSet({ at: now }))
      .execute();
}

/** Deletes changes that no longer count. `now` is in milliseconds. */
export async function sweepChanges(store: Pick<Store, 'db' | 'writeUnaudited'>, now: number): Promise<void> {
  const old = await store.db
    .selectFrom('source_changes')
    .select('at')
    .where('at', '<=', now - windowMs)
    .limit(1)
    .executeTakeFirst();
  if (old === undefined) return;
  await store.writeUnaudited((tx) =>
    tx
      .deleteFrom('source_changes')
      .where('at', '<=', now - windowMs)
      .execute(),
  );
}
