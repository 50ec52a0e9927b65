import { listedAccountColumns } from '../../accounts/listed-account.ts';
import type { HeldChange } from '../../../shared/api/held-change.ts';
import type { FourEyesObstacle } from '../../../shared/api/four-eyes.ts';
import { withinScope } from '../../authorization/account-access.ts';
import { readFourEyesObstacles, type FourEyesMatter } from '../../authorization/four-eyes.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { Refusal } from '../../refusal.ts';
import type { Transaction, Store } from '../../store/store.ts';
import type { OwnChangeRow } from './settle-change.ts';

const iso = (at: number | null): string => new Date(at ?? 0).toISOString();

/** What a second person decides about in a held change: the reset before it, and the case of that reset. */
export const heldMatter = (
  account: FourEyesMatter['account'],
  reset: { readonly operator_id: string; readonly case_id: string; readonly intended_at: number },
): FourEyesMatter => ({
  account,
  doneBy: [reset.operator_id],
  caseId: reset.case_id,
  casesSince: reset.intended_at,
});

/** Held changes as the approvers' queue shows them, with the reset that caused the hold. */
export function createHeldRows({ store, now }: { store: Store; now: () => number }) {
  const rows = () =>
    store.db
      .selectFrom('own_changes')
      .innerJoin('accounts', 'accounts.id', 'own_changes.account_id')
      .innerJoin('resets', 'resets.id', 'own_changes.reset_id')
      .innerJoin('cases', 'cases.id', 'resets.case_id')
      .leftJoin('operators', 'operators.id', 'resets.operator_id')
      .selectAll('own_changes')
      .select([
        ...listedAccountColumns,
        'resets.intended_at',
        'resets.operator_id',
        'resets.case_id',
        'cases.number',
        'operators.display_name as reset_by',
      ])
      .where('own_changes.state', '=', 'held')
      .where('own_changes.held_until', '>', now());
  type Joined = Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>;

  const viewsOf = async (joined: readonly Joined[], { operator }: OperatorSession): Promise<HeldChange[]> => {
    const matters = joined.map((row) => heldMatter({ ...row, id: row.account_id }, row));
    const obstacles = await readFourEyesObstacles(store.db, operator.id, matters);
    return joined.map((row, index) => viewOf(row, obstacles[index] ?? null));
  };
  const viewOf = (row: Joined, obstacle: FourEyesObstacle | null): HeldChange => ({
    id: row.id,
    kind: row.kind as HeldChange['kind'],
    shown: row.shown,
    accountId: row.account_id,
    displayName: row.display_name,
    userName: row.user_name,
    heldAt: iso(row.held_at),
    until: iso(row.held_until),
    clientAddress: row.client_address,
    resetAt: iso(row.intended_at),
    resetBy: row.reset_by ?? '',
    caseId: row.case_id,
    caseNumber: row.number,
    obstacle: obstacle === 'own-action' ? 'own-reset' : obstacle,
  });

  return {
    async list(session: OperatorSession): Promise<HeldChange[]> {
      const held = await rows()
        .where(withinScope(session.operator))
        .orderBy('own_changes.held_at')
        .limit(100)
        .execute();
      return viewsOf(held, session);
    },
    async get(changeId: string, session: OperatorSession): Promise<HeldChange> {
      const row = await rows().where('own_changes.id', '=', changeId).executeTakeFirst();
      if (!row) throw new Refusal('held-change.not-found');
      const [view] = await viewsOf([row], session);
      if (!view) throw new Refusal('held-change.not-found');
      return view;
    },
    /** The account of a change; null if there is no such change. */
    accountOf: async (changeId: string): Promise<string | null> =>
      (
        await store.db
          .selectFrom('own_changes')
          .select('account_id')
          .where('id', '=', changeId)
          .where('held_at', 'is not', null)
          .executeTakeFirst()
      )?.account_id ?? null,
    /** The change as it is stored; throws `held-change.not-found`. */
    async find(changeId: string, tx?: Transaction): Promise<OwnChangeRow> {
      const row = await (tx ?? store.db)
        .selectFrom('own_changes')
        .selectAll()
        .where('id', '=', changeId)
        .executeTakeFirst();
      // Operators do not see changes that were never held.
      if (!row || row.held_at === null) throw new Refusal('held-change.not-found');
      return row;
    },
  };
}
