import type { Selectable } from 'kysely';
import type { HeldDecision, HeldRowView, HeldSide } from '../../../shared/api/held-row.ts';
import type { ImportField } from '../../../shared/api/import.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { isOwnAccount, readPerson } from '../../authorization/persons.ts';
import type { AccountRow } from '../../directories/directory.ts';
import type { ContactChange } from '../../directories/contact-texts.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { Refusal } from '../../refusal.ts';
import type { Origin } from '../../store/append-event.ts';
import type { RecordEvent, Store, Transaction } from '../../store/store.ts';
import type { HeldRowsTable } from '../../store/tables/imports.ts';
import { maskEmail } from '../../text/mask.ts';
import { loadPhoneReader } from '../../text/phone-numbers.ts';
import { newAccountId } from '../account-id.ts';
import { closeAndRename, type EndAccess } from '../identity/close-account.ts';
import type { RowPlan } from './analyse-rows.ts';
import { applyRows } from './apply-rows.ts';
import { readKnownChanges } from './known-changes.ts';
import type { StagedRow } from './staged-row.ts';

type HeldRow = Selectable<HeldRowsTable>;

/** Rows of files that contradict what is known of a person, and the decisions about them. */
export interface HeldRows {
  list(limit: number): Promise<{ rows: HeldRowView[]; more: boolean }>;
  /** Answers the account that the row belongs to now. */
  decide(
    heldRowId: string,
    decision: HeldDecision,
    reason: string,
    session: OperatorSession,
    origin: Origin,
  ): Promise<string | null>;
}

interface Collaborators {
  readonly store: Store;
  readonly policy: PolicyInForce;
  readonly contactsChanged: (tx: Transaction, changes: readonly ContactChange[]) => Promise<void>;
  readonly endAccess: EndAccess;
  readonly now: () => number;
}

const sideOf = (account: AccountRow): HeldSide => ({
  accountId: account.id,
  userName: account.user_name,
  displayName: account.display_name,
  employeeNumber: account.employee_number,
  emailMasked: maskEmail(account.email),
  sourceId: account.source_id,
  tier: account.tier as HeldSide['tier'],
  isClosed: account.closed_at !== null,
});

const dataOf = ({ data }: Pick<HeldRow, 'data'>): StagedRow => JSON.parse(data) as StagedRow;

/** Whether the account has the row's user name or id: a new person then takes its place. */
const isReplaced = (row: StagedRow, account: AccountRow): boolean =>
  account.user_name_key === row.user_name_key ||
  (row.source_id_key !== null && account.source_id_key === row.source_id_key);

export function createHeldRows({ store, policy, contactsChanged, endAccess, now }: Collaborators): HeldRows {
  const accountOf = async (tx: Transaction, id: string | null) =>
    id === null
      ? null
      : ((await tx.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst()) ?? null);

  async function apply(
    tx: Transaction,
    record: RecordEvent,
    held: HeldRow,
    target: AccountRow | null,
  ): Promise<string> {
    const row = dataOf(held);
    const { document } = await policy.current(tx);
    const has = new Set(JSON.parse(held.has) as ImportField[]);
    const taken = await tx
      .selectFrom('accounts')
      .select('id')
      .where('user_name_key', '=', row.user_name_key)
      .executeTakeFirst();
    const addsId = row.source_id_key !== null && target?.source_id_key !== row.source_id_key;
    // A second entry of the same person keeps the user name that the first one gave.
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
        readPhone: await loadPhoneReader(document.accounts.phoneCountry),
        knownChanges: await readKnownChanges(tx, now()),
        now: now(),
      },
    });
    await contactsChanged(tx, contacts);
    return accountId;
  }

  async function settle(
    tx: Transaction,
    record: RecordEvent,
    held: HeldRow,
    decision: HeldDecision,
    reason: string,
  ): Promise<string | null> {
    const [account, match] = [await accountOf(tx, held.account_id), await accountOf(tx, held.match_id)];
    if (decision === 'drop') return null;
    if (decision === 'same-person') {
      if (account === null || match !== null) throw new Refusal('held-row.not-same');
      return apply(tx, record, held, account);
    }
    if (account !== null && account.id !== match?.id && isReplaced(dataOf(held), account))
      await closeAndRename(tx, record, endAccess, {
        account,
        at: now(),
        facts: { why: 'replaced', reason },
      });
    return apply(tx, record, held, match);
  }

  return {
    async list(limit) {
      const rows = await store.db
        .selectFrom('held_rows')
        .leftJoin('imports', 'imports.id', 'held_rows.import_id')
        .selectAll('held_rows')
        .select('imports.file_name')
        .where('held_rows.state', '=', 'open')
        .orderBy('held_rows.held_at')
        .orderBy('held_rows.line')
        .limit(limit + 1)
        .execute();
      const ids = rows.flatMap((row) => [row.account_id, row.match_id]).filter((id) => id !== null);
      const accounts =
        ids.length === 0
          ? []
          : await store.db.selectFrom('accounts').selectAll().where('id', 'in', ids).execute();
      const byId = new Map(accounts.map((account) => [account.id, account]));
      return {
        rows: rows.slice(0, limit).map((held): HeldRowView => {
          const row = dataOf(held);
          const account = byId.get(held.account_id ?? '');
          const match = byId.get(held.match_id ?? '');
          return {
            id: held.id,
            reason: held.reason as HeldRowView['reason'],
            fileName: held.file_name ?? '',
            source: held.source,
            line: held.line,
            at: new Date(held.held_at).toISOString(),
            row: {
              accountId: null,
              userName: row.user_name,
              displayName: row.display_name,
              employeeNumber: row.employee_number,
              emailMasked: maskEmail(row.email),
              sourceId: row.source_id,
              tier: row.tier as HeldSide['tier'],
              isClosed: false,
            },
            account: account === undefined ? null : sideOf(account),
            match: match === undefined ? null : sideOf(match),
            closesAccount: account !== undefined && isReplaced(row, account),
            canBeSame: account !== undefined && match === undefined,
          };
        }),
        more: rows.length > limit,
      };
    },

    async decide(heldRowId, decision, reason, { operator }, origin) {
      return store.change(origin, async (tx, record) => {
        const held = await tx
          .selectFrom('held_rows')
          .selectAll()
          .where('id', '=', heldRowId)
          .executeTakeFirst();
        if (held === undefined) throw new Refusal('held-row.not-found');
        if (held.state !== 'open') throw new Refusal('held-row.settled');
        const running = await tx
          .selectFrom('imports')
          .select('id')
          .where('state', '=', 'running')
          .executeTakeFirst();
        if (running !== undefined) throw new Refusal('import.already-running');
        const person = await readPerson(tx, operator.id);
        for (const id of [held.account_id, held.match_id]) {
          const account = await accountOf(tx, id);
          if (account !== null && isOwnAccount(person, account)) throw new Refusal('account.own');
        }
        const accountId = await settle(tx, record, held, decision, reason);
        await tx
          .updateTable('held_rows')
          .set({
            state: decision,
            decided_at: now(),
            decided_by: operator.id,
            decision_reason: reason,
          })
          .where('id', '=', heldRowId)
          .execute();
        const facts = {
          decision,
          reason,
          hold: held.reason,
          userName: dataOf(held).user_name,
          importId: held.import_id,
          line: held.line,
        };
        await record({ action: 'accounts.held-row-decided', accountId: accountId ?? held.account_id, facts });
        return accountId;
      });
    },
  };
}
