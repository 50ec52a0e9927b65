import type { HeldDecision } from '../../../shared/api/held-row.ts';
import type { ImportField } from '../../../shared/api/import-file.ts';
import type { AccountRow } from '../../directories/directory.ts';
import type { ContactChange } from '../../directories/contact-texts.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { Refusal } from '../../refusal.ts';
import type { RecordEvent, Transaction } from '../../store/store.ts';
import { loadPhoneReader } from '../../text/phone-numbers.ts';
import { newAccountId } from '../account-id.ts';
import { closeAndRename, type EndAccess } from '../identity/close-account.ts';
import type { RowPlan } from './analyse-rows.ts';
import { applyRows } from './apply-rows.ts';
import { homeOf } from './home.ts';
import { readKnownChanges } from './known-changes.ts';
import { isReplaced, stagedRowOf, type HeldRow } from './list-held-rows.ts';

export interface HeldRowCollaborators {
  readonly policy: PolicyInForce;
  readonly contactsChanged: (tx: Transaction, changes: readonly ContactChange[]) => Promise<void>;
  readonly endAccess: EndAccess;
  readonly now: () => number;
}

/** The account with this id; null without an id or an account. */
export const readAccount = async (tx: Transaction, id: string | null) =>
  id === null
    ? null
    : ((await tx.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst()) ?? null);

/** Applies a decision about a held row to accounts. Returns the account that the row belongs to now; null for a dropped row. */
export function createSettleHeldRow({ policy, contactsChanged, endAccess, now }: HeldRowCollaborators) {
  async function apply(
    tx: Transaction,
    record: RecordEvent,
    held: HeldRow,
    target: AccountRow | null,
  ): Promise<string> {
    const row = stagedRowOf(held);
    const { document } = await policy.current(tx);
    const has = new Set(JSON.parse(held.has) as ImportField[]);
    const home = await homeOf(tx, held.source);
    const taken = await tx
      .selectFrom('accounts')
      .select('id')
      .where('user_name_key', '=', row.user_name_key)
      // PostgreSQL knows `is` with null only.
      .where('directory_id', home.directory_id === null ? 'is' : '=', home.directory_id)
      .executeTakeFirst();
    const addsId = row.source_id_key !== null && target?.source_id_key !== row.source_id_key;
    // A second entry of the same person keeps the user name from the first one.
    const fromOtherSource = target !== null && addsId && target.source_id_key !== null;
    if (taken !== undefined && taken.id !== target?.id && !fromOtherSource)
      throw new Refusal('held-row.user-name-taken');
    const accountId = target?.id ?? newAccountId(now());
    const plan: RowPlan = {
      row,
      kind: target === null ? 'new' : 'changed',
      accountId,
      hold: null,
      changes: [],
      addsId: target !== null && addsId,
      fromOtherSource,
      mass: [],
    };
    const contacts = await applyRows(tx, record, [plan], {
      importId: held.import_id,
      source: held.source,
      has,
      rules: {
        has,
        source: held.source,
        home,
        readPhone: await loadPhoneReader(document.accounts.phoneCountry),
        knownChanges: await readKnownChanges(tx, now()),
        now: now(),
      },
    });
    await contactsChanged(tx, contacts);
    return accountId;
  }

  return async function settle(
    tx: Transaction,
    record: RecordEvent,
    held: HeldRow,
    decision: HeldDecision,
    reason: string,
  ): Promise<string | null> {
    const [account, match] = [await readAccount(tx, held.account_id), await readAccount(tx, held.match_id)];
    if (decision === 'drop') return null;
    if (decision === 'same-person') {
      if (account === null || match !== null) throw new Refusal('held-row.not-same');
      return apply(tx, record, held, account);
    }
    if (account !== null && account.id !== match?.id && isReplaced(stagedRowOf(held), account))
      await closeAndRename(tx, record, endAccess, {
        account,
        at: now(),
        facts: { why: 'replaced', reason },
      });
    return apply(tx, record, held, match);
  };
}
