import { systemOrigin } from '../../store/append-event.ts';
import { withRefusalAudit } from '../../store/refusal-audit.ts';
import type { Transaction } from '../../store/store.ts';
import { withdrawApprovals } from '../approvals/settle-approval.ts';
import { expiryCutoff } from '../decision/case-lifecycle.ts';
import { flagAccount } from '../flags/flags.ts';
import { nullIfEmpty, type Cases, type CasesCollaborators, type ReadOpenCase } from './cases-port.ts';

/** Thrown if an operator worked in the case after the sweep had read it. */
class ActiveAgain extends Error {}

/** Ends cases: refused, closed, or expired. */
export function createEndCases(
  {
    store,
    policy,
    notifications,
    live,
    now,
  }: Pick<CasesCollaborators, 'store' | 'policy' | 'notifications' | 'live' | 'now'>,
  readOpenCase: ReadOpenCase,
): Pick<Cases, 'refuse' | 'close' | 'sweepExpired'> {
  const end = (
    tx: Transaction,
    caseId: string,
    values: { state: string; refusal_reason?: string; refusal_note?: string | null },
  ) =>
    tx
      .updateTable('cases')
      .set({ ...values, ended_at: now() })
      .where('id', '=', caseId)
      .execute();

  return {
    async refuse(caseId, { reason, note }, session, origin) {
      const { account } = await store.change(origin, async (tx, record) => {
        const { opened, found } = await readOpenCase(tx, caseId, session);
        const accountId = opened.account_id;
        const facts = { reason, note: nullIfEmpty(note) };
        await end(tx, caseId, { state: 'refused', refusal_reason: reason, refusal_note: facts.note });
        await withdrawApprovals(tx, record, caseId);
        await record({ action: 'case.refused', outcome: 'refused', accountId, caseId, facts });
        if (reason === 'suspicious') {
          const flag = { accountId, caseId, operatorId: session.operator.id, note: facts.note, at: now() };
          await flagAccount(tx, record, flag);
        }
        await notifications.caseRefused(tx, { accountId, caseId });
        return found;
      });
      live.publish({ type: 'case-changed', caseId });
      if (reason === 'suspicious') {
        const { id: accountId, display_name: displayName } = account;
        live.publish({ type: 'account-flagged', accountId, displayName }, account);
      }
    },

    close: (caseId, session, origin) =>
      withRefusalAudit(store, origin, { action: 'case.closed', caseId }, () =>
        store.change(origin, async (tx, record) => {
          const { opened } = await readOpenCase(tx, caseId, session);
          await end(tx, caseId, { state: 'closed' });
          await withdrawApprovals(tx, record, caseId);
          await record({ action: 'case.closed', accountId: opened.account_id, caseId });
        }),
      ),

    async sweepExpired() {
      const { document } = await policy.current();
      const cutoff = expiryCutoff(document, now());
      const idle = await store.db
        .selectFrom('cases')
        .select(['id', 'account_id'])
        .where('state', '=', 'open')
        .where('last_activity_at', '<=', cutoff)
        .limit(500)
        .execute();
      for (const { id, account_id: accountId } of idle) {
        await store
          .change(systemOrigin, async (tx, record) => {
            const { numUpdatedRows } = await tx
              .updateTable('cases')
              .set({ state: 'expired', ended_at: now() })
              .where('id', '=', id)
              .where('state', '=', 'open')
              .where('last_activity_at', '<=', cutoff)
              .executeTakeFirst();
            if (numUpdatedRows !== 1n) throw new ActiveAgain();
            await withdrawApprovals(tx, record, id);
            await record({ action: 'case.expired', accountId, caseId: id });
          })
          .catch((thrown: unknown) => {
            if (!(thrown instanceof ActiveAgain)) throw thrown;
          });
      }
    },
  };
}
