import { createHash } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { ImportCounts } from '../../../shared/api/import-view.ts';
import type { PolicyDocument } from '../../../shared/api/policy.ts';
import type { ConfiguredDirectory } from '../../directories/external/configured-directory.ts';
import type { RecordEvent, Transaction } from '../../store/store.ts';
import type { DirectoryHeldChangesTable } from '../../store/tables.ts';
import type { RowPlan } from '../import/analyse-rows.ts';
import { few, massChangesOf } from '../import/mass-change.ts';
import type { StagedRow } from '../import/staged-row.ts';
import { piecesOf } from './pieces.ts';

/** Changes of an hour count together. */
const windowMs = 3_600_000;
/** Rows in one statement. */
const rowsAtOnce = 100;

/**
 * The kinds of changes that are held, and what they change. A directory enforces by itself who may sign in, so a status is never held, and neither is a
 * stronger tier.
 */
const heldFields = {
  contact: ['email', 'phone'],
  tier: ['tier'],
  manager: ['manager'],
} as const satisfies Partial<Record<keyof ImportCounts, readonly string[]>>;
type HeldKind = keyof typeof heldFields;
const fieldsOf = (kind: HeldKind): readonly string[] => heldFields[kind];
const heldKinds = Object.keys(heldFields) as HeldKind[];
const isHeldKind = (kind: string): kind is HeldKind => Object.hasOwn(heldFields, kind);
const noCounts: ImportCounts = { contact: 0, tier: 0, manager: 0, status: 0, closed: 0 };

export interface BrakeContext {
  readonly policy: Pick<PolicyDocument['accounts'], 'massChange'>;
  /** Queues the mails to the administrators within the transaction. */
  readonly changesHeld: (tx: Transaction, directory: { readonly name: string }) => Promise<void>;
  readonly now: number;
}

interface PlannedChange {
  readonly plan: RowPlan;
  readonly accountId: string;
  readonly kinds: readonly HeldKind[];
  /** Of the new values: an approval is about these and no others. */
  readonly digest: string;
}

const digestOf = ({ row }: RowPlan, kinds: readonly HeldKind[]): string =>
  createHash('sha256')
    .update(JSON.stringify([kinds, row.email_key, row.phone, row.tier, row.manager]))
    .digest('base64url');

function changeOf(plan: RowPlan): PlannedChange | null {
  const isWeaker = plan.row.tier !== 'privileged';
  const kinds = plan.mass.filter(isHeldKind).filter((kind) => kind !== 'tier' || isWeaker);
  if (plan.kind !== 'changed' || plan.accountId === null || kinds.length === 0) return null;
  return { plan, accountId: plan.accountId, kinds, digest: digestOf(plan, kinds) };
}

/** The number of accounts by kind of change: those of the last hour, other accounts than these, and these. */
async function countsOf(
  tx: Transaction,
  id: string,
  changes: readonly Pick<PlannedChange, 'accountId' | 'kinds'>[],
  now: number,
): Promise<ImportCounts> {
  const counts = { ...noCounts };
  for (const kind of heldKinds) {
    const accounts = new Set(
      changes.filter(({ kinds }) => kinds.includes(kind)).map(({ accountId }) => accountId),
    );
    if (accounts.size === 0) continue;
    const before = await tx
      .selectFrom('directory_changes')
      .select('account_id')
      .where('directory_id', '=', id)
      .where('kind', '=', kind)
      .where('at', '>', now - windowMs)
      .execute();
    for (const { account_id: accountId } of before) accounts.add(accountId);
    counts[kind] = accounts.size;
  }
  return counts;
}

async function isMass(tx: Transaction, counts: ImportCounts, policy: BrakeContext['policy']) {
  // The accounts are counted only if the changes could be a mass change.
  if (Object.values(counts).every((count) => (count ?? 0) <= few)) return false;
  const { total } = await tx
    .selectFrom('accounts')
    .select((of) => of.fn.countAll<number | string>().as('total'))
    .executeTakeFirstOrThrow();
  return massChangesOf(counts, 0, Number(total), policy).length > 0;
}

async function countChanges(tx: Transaction, id: string, changes: readonly PlannedChange[], now: number) {
  const rows = changes.flatMap(({ accountId, kinds }) =>
    kinds.map((kind) => ({ directory_id: id, account_id: accountId, kind, at: now })),
  );
  for (const piece of piecesOf(rows, rowsAtOnce))
    await tx
      .insertInto('directory_changes')
      .values(piece)
      .onConflict((on) => on.columns(['directory_id', 'account_id', 'kind']).doUpdateSet({ at: now }))
      .execute();
}

async function hold(tx: Transaction, id: string, changes: readonly PlannedChange[], now: number) {
  const rows = changes.map(({ plan, accountId, kinds, digest }) => ({
    directory_id: id,
    account_id: accountId,
    kinds: JSON.stringify(kinds),
    changes: JSON.stringify(
      plan.changes.filter(({ field }) => kinds.some((kind) => fieldsOf(kind).includes(field))),
    ),
    digest,
    held_at: now,
    allowed_at: null,
  }));
  for (const piece of piecesOf(rows, rowsAtOnce))
    await tx
      .insertInto('directory_held_changes')
      .values(piece)
      .onConflict((on) =>
        on.columns(['directory_id', 'account_id']).doUpdateSet((row) => ({
          kinds: row.ref('excluded.kinds'),
          changes: row.ref('excluded.changes'),
          digest: row.ref('excluded.digest'),
          held_at: row.ref('excluded.held_at'),
          allowed_at: row.ref('excluded.allowed_at'),
        })),
      )
      .execute();
}

async function release(tx: Transaction, id: string, accountIds: readonly string[]) {
  for (const piece of piecesOf(accountIds, rowsAtOnce))
    await tx
      .deleteFrom('directory_held_changes')
      .where('directory_id', '=', id)
      .where('account_id', 'in', piece)
      .execute();
}

const waitingOf = (tx: Transaction, id: string) =>
  tx
    .selectFrom('directory_held_changes')
    .innerJoin('accounts', 'accounts.id', 'directory_held_changes.account_id')
    .select(['directory_held_changes.account_id', 'directory_held_changes.kinds'])
    .where('directory_held_changes.directory_id', '=', id)
    .where('directory_held_changes.allowed_at', 'is', null)
    .where('accounts.closed_at', 'is', null);

const endHold = (tx: Transaction, id: string) =>
  tx.updateTable('directories').set({ changes_held_since: null }).where('id', '=', id).execute();

async function heldRowsOf(tx: Transaction, id: string, accountIds: readonly string[]) {
  const rows: Selectable<DirectoryHeldChangesTable>[] = [];
  for (const piece of piecesOf(accountIds, rowsAtOnce))
    rows.push(
      ...(await tx
        .selectFrom('directory_held_changes')
        .selectAll()
        .where('directory_id', '=', id)
        .where('account_id', 'in', piece)
        .execute()),
    );
  return new Map(rows.map((row) => [row.account_id, row]));
}

/**
 * Decides by the limits of imports which planned changes of a directory's accounts wait for a decision: all that make a mass change with those of the last
 * hour, and all later ones until the decision. A change that was allowed takes effect if it is the one that was shown. Answers the rows whose changes
 * wait, without these changes: the rest of the row takes effect.
 */
export async function brakeChanges(
  tx: Transaction,
  record: RecordEvent,
  { id, name }: Pick<ConfiguredDirectory, 'id' | 'name'>,
  plans: readonly RowPlan[],
  { policy, changesHeld, now }: BrakeContext,
): Promise<readonly StagedRow[]> {
  const { changes_held_since: since } = await tx
    .selectFrom('directories')
    .select('changes_held_since')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const changes = plans.flatMap((plan) => changeOf(plan) ?? []);
  if (changes.length === 0 && since === null) return [];
  const known = plans.flatMap(({ kind, accountId }) => (kind === 'new' ? [] : (accountId ?? [])));
  const held = await heldRowsOf(tx, id, known);
  const isAllowed = ({ accountId, digest }: PlannedChange) => {
    const row = held.get(accountId);
    return row !== undefined && row.allowed_at !== null && row.digest === digest;
  };
  const others = changes.filter((change) => !isAllowed(change));
  const waits =
    others.length > 0 && (since !== null || (await isMass(tx, await countsOf(tx, id, others, now), policy)));
  const waiting = new Set(waits ? others.map(({ accountId }) => accountId) : []);
  // Allowed ones that take effect now, and those that the directory has set back.
  await release(
    tx,
    id,
    [...held.keys()].filter((accountId) => !waiting.has(accountId)),
  );
  if (!waits) {
    await countChanges(tx, id, others, now);
    if (since !== null && (await waitingOf(tx, id).limit(1).executeTakeFirst()) === undefined)
      await endHold(tx, id);
    return [];
  }
  // One that waits already keeps its time, which an approval names.
  const fresh = others.filter(({ accountId, digest }) => held.get(accountId)?.digest !== digest);
  await hold(tx, id, fresh, now);
  if (since === null) {
    await tx.updateTable('directories').set({ changes_held_since: now }).where('id', '=', id).execute();
    const kinds = heldKinds.filter((kind) => others.some((change) => change.kinds.includes(kind)));
    await record({
      action: 'directory.changes-held',
      facts: { directory: id, name, accounts: others.length, kinds: kinds.join(', ') },
    });
    await changesHeld(tx, { name });
  }
  return others.map(({ plan: { row }, kinds }) => ({
    ...row,
    unread: [...(row.unread ?? []), ...kinds.flatMap((kind) => [...heldFields[kind]])],
  }));
}

/**
 * After a read of all accounts that began at `since`: forgets what was allowed and is not in the directory any longer, and ends the wait if what is left is
 * no mass change. Answers whether all accounts must be read once more, which then makes these changes.
 */
export async function settleHeldChanges(
  tx: Transaction,
  id: string,
  since: number,
  { policy, now }: Pick<BrakeContext, 'policy' | 'now'>,
): Promise<boolean> {
  await tx
    .deleteFrom('directory_held_changes')
    .where('directory_id', '=', id)
    .where('allowed_at', '<=', since)
    .execute();
  const waiting = (await waitingOf(tx, id).execute()).map(({ account_id: accountId, kinds }) => ({
    accountId,
    kinds: JSON.parse(kinds) as HeldKind[],
  }));
  if (await isMass(tx, await countsOf(tx, id, waiting, now), policy)) return false;
  await endHold(tx, id);
  const { numDeletedRows } = await tx
    .deleteFrom('directory_held_changes')
    .where('directory_id', '=', id)
    .where('allowed_at', 'is', null)
    .executeTakeFirst();
  const allowed = await tx
    .selectFrom('directory_held_changes')
    .select('account_id')
    .where('directory_id', '=', id)
    .limit(1)
    .executeTakeFirst();
  return numDeletedRows > 0n || allowed !== undefined;
}

/** Deletes changes that no longer count. `now` is in milliseconds. */
export const forgetOldChanges = (tx: Transaction, id: string, now: number) =>
  tx
    .deleteFrom('directory_changes')
    .where('directory_id', '=', id)
    .where('at', '<=', now - windowMs)
    .execute();
