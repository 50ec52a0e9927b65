import type { CaseFilter, CaseRow } from '../../../shared/api/case.ts';
import type { DeskView } from '../../../shared/api/desk.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import type { Channels } from '../../messaging/channels.ts';
import { withinScope } from '../../authorization/account-access.ts';
import { Refusal } from '../../refusal.ts';
import type { PendingSecrets } from '../../passwords/temporary-passwords/pending-secrets.ts';
import { expressionBuilder } from 'kysely';
import { expiryCutoff } from '../decision/case-lifecycle.ts';
import type { Tables } from '../../store/tables.ts';
import { findAccountsByIdentifier } from '../../store/find-account.ts';
import type { Store } from '../../store/store.ts';
import { createDeskView } from './desk-view.ts';
import { createReadCaseRows } from './read-case-rows.ts';

export interface CaseRows {
  /**
   * Newest first. `before` is the number of the last case on the previous page; `account` is the account that all cases are about. Other operators'
   * cases are limited to the operator's scope.
   */
  list(
    page: CaseFilter & { readonly before?: number | undefined; readonly limit: number },
    session: OperatorSession,
  ): Promise<{ cases: CaseRow[]; more: boolean }>;
  /** The start page; `dayStart` in milliseconds. */
  desk(dayStart: number, session: OperatorSession): Promise<DeskView>;
}

interface Collaborators {
  readonly store: Store;
  readonly policy: PolicyInForce;
  readonly secrets: PendingSecrets;
  readonly channels: Pick<Channels, 'obstacle'>;
  readonly countAccounts: () => Promise<number>;
  readonly now: () => number;
}

/** Lists of cases and the start page. */
export function createCaseRows(collaborators: Collaborators): CaseRows {
  const read = createReadCaseRows(collaborators);
  const { cases, rowsOf } = read;

  /** The SQL condition for the cases that match a filter. */
  const shown = async (show: NonNullable<CaseFilter['show']>) => {
    const { document } = await collaborators.policy.current();
    const cutoff = expiryCutoff(document, collaborators.now());
    const where = expressionBuilder<Tables, 'cases'>();
    const isDone = where.exists(
      where
        .selectFrom('resets')
        .select('resets.id')
        .whereRef('resets.case_id', '=', 'cases.id')
        .where('resets.state', '=', 'done')
        .where('resets.revoked_at', 'is', null),
    );
    switch (show) {
      case 'open':
        return where.and([where('cases.state', '=', 'open'), where('cases.last_activity_at', '>', cutoff)]);
      case 'refused':
        return where('cases.state', '=', 'refused');
      case 'reset':
        return isDone;
      case 'no-reset':
        return where.and([where('cases.state', '!=', 'refused'), where.not(isDone)]);
    }
  };

  return {
    async list({ whose, account, show, from, to, before, limit }, session) {
      if (whose === 'all' && !session.rights.has('cases.see-all')) throw new Refusal('session.not-permitted');
      let query = cases().limit(limit + 1);
      // Operators keep their own cases in the list even after the account or their scope has changed.
      query =
        whose === 'own'
          ? query.where('cases.operator_id', '=', session.operator.id)
          : query.where((where) =>
              where.or([where('cases.operator_id', '=', session.operator.id), withinScope(session.operator)]),
            );
      if (account !== undefined) {
        const named = await findAccountsByIdentifier(collaborators.store.db, account);
        if (named.length === 0) return { cases: [], more: false };
        query = query.where(
          'cases.account_id',
          'in',
          named.map(({ id }) => id),
        );
      }
      if (show !== undefined) query = query.where(await shown(show));
      if (from !== undefined) query = query.where('cases.opened_at', '>=', Date.parse(from));
      if (to !== undefined) query = query.where('cases.opened_at', '<', Date.parse(to));
      if (before !== undefined) query = query.where('cases.number', '<', before);
      const found = await query.execute();
      return { cases: await rowsOf(found.slice(0, limit), session), more: found.length > limit };
    },

    desk: createDeskView(collaborators, read),
  };
}
