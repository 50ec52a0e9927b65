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
import type { Origin } from '../../store/append-event.ts';
import type { Store } from '../../store/store.ts';
import { casesCsv } from './cases-csv.ts';
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
  /** The cases that match a filter, as lines of CSV with the same limits as the list. The export is recorded. */
  export(filter: CaseFilter, session: OperatorSession, origin: Origin): Promise<AsyncIterable<string>>;
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

/** Cases in one read of an export. */
const exportedAtOnce = 500;

/** Lists of cases and the start page. */
export function createCaseRows(collaborators: Collaborators): CaseRows {
  const read = createReadCaseRows(collaborators);
  const { cases, rowsOf } = read;
  type Query = ReturnType<typeof cases>;

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

  const named = (account: string) => findAccountsByIdentifier(collaborators.store.db, account);
  /** The query for the cases that match a filter and that the operator may see; null if its account is unknown. */
  const matching = async (
    { whose, account, show, from, to }: CaseFilter,
    session: OperatorSession,
  ): Promise<Query | null> => {
    if (whose === 'all' && !session.rights.has('cases.see-all')) throw new Refusal('session.not-permitted');
    // Operators keep their own cases in the list even after the account or their scope has changed.
    let query =
      whose === 'own'
        ? cases().where('cases.operator_id', '=', session.operator.id)
        : cases().where((where) =>
            where.or([where('cases.operator_id', '=', session.operator.id), withinScope(session.operator)]),
          );
    if (account !== undefined) {
      const found = await named(account);
      if (found.length === 0) return null;
      query = query.where(
        'cases.account_id',
        'in',
        found.map(({ id }) => id),
      );
    }
    if (show !== undefined) query = query.where(await shown(show));
    if (from !== undefined) query = query.where('cases.opened_at', '>=', Date.parse(from));
    return to === undefined ? query : query.where('cases.opened_at', '<', Date.parse(to));
  };
  const page = async (
    query: Query,
    before: number | undefined,
    limit: number,
    session: OperatorSession,
  ): Promise<{ cases: CaseRow[]; more: boolean }> => {
    const after = before === undefined ? query : query.where('cases.number', '<', before);
    const found = await after.limit(limit + 1).execute();
    return { cases: await rowsOf(found.slice(0, limit), session), more: found.length > limit };
  };

  return {
    async list({ before, limit, ...filter }, session) {
      const query = await matching(filter, session);
      return query === null ? { cases: [], more: false } : page(query, before, limit, session);
    },

    async export(filter, session, origin) {
      const query = await matching(filter, session);
      const { whose, show, from, to } = filter;
      const [account, ...others] = filter.account === undefined ? [] : await named(filter.account);
      await collaborators.store.change(origin, (_tx, record) =>
        record({
          action: 'cases.exported',
          facts: { filter: JSON.stringify({ whose, show, from, to }) },
          ...(account && others.length === 0 && { accountId: account.id }),
        }),
      );
      return casesCsv(async (before) =>
        query === null ? { cases: [], more: false } : page(query, before, exportedAtOnce, session),
      );
    },

    desk: createDeskView(collaborators, read),
  };
}
