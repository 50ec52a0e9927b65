import type { ConfiguredDirectory } from '../../directories/external/configured-directory.ts';
import type { ExternalAccount } from '../../directories/external/external-directory.ts';
import type { PolicyDocument } from '../../../shared/api/policy.ts';
import type { ContactChange } from '../../directories/contact-texts.ts';
import { loadPhoneReader } from '../../text/phone-numbers.ts';
import type { RecordEvent, Transaction } from '../../store/store.ts';
import { closeAccount, type EndAccess } from '../identity/close-account.ts';
import { planMerge, type RowPlan } from '../import/analyse-rows.ts';
import { applyRows } from '../import/apply-rows.ts';
import { readKnownChanges } from '../import/known-changes.ts';
import type { MergeRules } from '../import/merge-row.ts';
import type { StagedRow } from '../import/staged-row.ts';
import { brakeChanges, type BrakeContext } from './brake-changes.ts';
import { contactAgeOf } from './contact-age.ts';
import { feedFields } from './external-rows.ts';
import { dropHolds } from './settle-holds.ts';
import { accountsById, planRound } from './plan-round.ts';
import { readEntries } from './read-entries.ts';
import { forgetAnswers, answerDigest } from './equal-answers.ts';
import { forgetGone, keepRefused } from './refused-entries.ts';

/** The outcomes of accounts that were read. */
export interface Applied {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Accounts that contradict stored data about a person and wait for a decision. */
  readonly held: number;
  /** Accounts that cannot be in the index, such as those without a usable user name. */
  readonly refused: number;
}

interface Circumstances extends Pick<BrakeContext, 'changesHeld'> {
  readonly policy: PolicyDocument['accounts'];
  /** Milliseconds. */
  readonly now: number;
}

/** Merges accounts of a directory into the index, by the identity rule of imports. Also returns whose owners must be told of changed contact data. */
export async function applyAccounts(
  tx: Transaction,
  record: RecordEvent,
  directory: ConfiguredDirectory,
  told: readonly ExternalAccount[],
  { policy, changesHeld, now }: Circumstances,
): Promise<{ readonly applied: Applied; readonly contacts: readonly ContactChange[] }> {
  const { id: source, external } = directory;
  const { phoneCountry, newAccountsWait } = policy;
  const readPhone = await loadPhoneReader(phoneCountry as Parameters<typeof loadPhoneReader>[0]);
  const { accounts, rows, refused } = readEntries(told, { source, readPhone, now });
  const home = { directory: external.kind, directory_id: source };
  const knownChanges = await readKnownChanges(tx, now);
  const planned = { has: feedFields, source, home, readPhone, knownChanges, now };
  const importId = `directory ${source}`;
  const contacts: ContactChange[] = [];
  const done: RowPlan[] = [];
  for (let left: readonly StagedRow[] = rows; left.length > 0;) {
    const { plans: wanted, isExchange, later } = await planRound(tx, left, planned);
    const braked = await brakeChanges(tx, record, directory, wanted, { policy, changesHeld, now });
    const plans = await withoutBraked(tx, wanted, braked, planned);
    const contactAge = await contactAgeOf(tx, source, { accounts, plans }, { newAccountsWait, now });
    const rules = { ...planned, contactAge };
    contacts.push(
      ...(await applyRows(tx, record, plans, { importId, source, has: feedFields, rules, isExchange })),
    );
    done.push(...plans);
    left = later;
  }
  await dropHolds(tx, source, { applied: done, refused, now });
  await keepRefused(tx, source, { accounts, refused, now });
  await noteStates(tx, source, accounts, now);
  await forgetAnswers(
    tx,
    source,
    refused.map(({ key }) => key),
  );
  const count = (kind: string) => done.filter((plan) => plan.kind === kind).length;
  return {
    applied: {
      created: count('new'),
      changed: count('changed'),
      unchanged: count('unchanged'),
      held: count('held'),
      refused: refused.length,
    },
    contacts,
  };
}

/** The plans, with those replaced whose changes wait for a decision: the rest of their row takes effect. */
async function withoutBraked(
  tx: Transaction,
  plans: readonly RowPlan[],
  braked: readonly StagedRow[],
  rules: MergeRules,
): Promise<readonly RowPlan[]> {
  const byLine = new Map(braked.map((row) => [row.line, row]));
  const accounts = await accountsById(
    tx,
    plans.filter(({ row }) => byLine.has(row.line)).map(({ accountId }) => accountId),
  );
  return plans.map((plan) => {
    const row = byLine.get(plan.row.line);
    const account = accounts.get(plan.accountId ?? '');
    return row !== undefined && account !== undefined ? planMerge(row, account, rules, plan) : plan;
  });
}

/** Stores what the directory reports about passwords and locks, and a digest of all that it reports. */
async function noteStates(
  tx: Transaction,
  source: string,
  accounts: readonly ExternalAccount[],
  now: number,
): Promise<void> {
  if (accounts.length === 0) return;
  const byKey = new Map(accounts.map((account) => [account.key, account]));
  const stored = await tx
    .selectFrom('accounts')
    .select(['id', 'source_id', 'locked_since', 'updated_at'])
    .where('directory_id', '=', source)
    .where('source_id', 'in', [...byKey.keys()])
    .execute();
  const states = stored.flatMap(({ id, source_id: key, updated_at: changedAt }) => {
    const account = byKey.get(key ?? '');
    if (!account) return [];
    return [
      {
        account_id: id,
        directory_id: source,
        read_at: now,
        password_set_at: account.passwordSetAt,
        must_change: account.mustChange ? (1 as const) : (0 as const),
        locked_until: account.lockedUntil,
        locked_at: account.lockedAt,
        temporary_reset_id: null,
        temporary_set_at: null,
        temporary_until: null,
        answer_digest: answerDigest(account, changedAt),
      },
    ];
  });
  for (let from = 0; from < states.length; from += 50) {
    await tx
      .insertInto('directory_accounts')
      .values(states.slice(from, from + 50))
      .onConflict((on) =>
        on.column('account_id').doUpdateSet((row) => ({
          read_at: row.ref('excluded.read_at'),
          password_set_at: row.ref('excluded.password_set_at'),
          must_change: row.ref('excluded.must_change'),
          locked_until: row.ref('excluded.locked_until'),
          locked_at: row.ref('excluded.locked_at'),
          answer_digest: row.ref('excluded.answer_digest'),
        })),
      )
      .execute();
  }
  for (const { id, source_id: key, locked_since: since } of stored) {
    const lockedSince = byKey.get(key ?? '')?.lockedSince ?? null;
    if (lockedSince !== since)
      await tx.updateTable('accounts').set({ locked_since: lockedSince }).where('id', '=', id).execute();
  }
}

/** Closes the account with this key, if it is open. */
export async function closeKey(
  tx: Transaction,
  record: RecordEvent,
  endAccess: EndAccess,
  { id: source }: ConfiguredDirectory,
  key: string,
  now: number,
): Promise<void> {
  const accounts = await tx
    .selectFrom('accounts')
    .select('id')
    .where('directory_id', '=', source)
    .where('source_id', '=', key)
    .where('closed_at', 'is', null)
    .execute();
  await forgetGone(tx, source, { keys: [key] });
  for (const account of accounts)
    await closeAccount(tx, record, endAccess, {
      account,
      at: now,
      facts: { directory: source, why: 'missing' },
    });
}
