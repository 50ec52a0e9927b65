import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { changeCase, openCase, refuseCase } from '../../../shared/api/case.ts';
import { withdrawApprovals } from '../approvals/approvals.ts';
import { withRefusalAudit } from '../../store/refusal-audit.ts';
import { type Origin, systemOrigin } from '../../store/append-event.ts';
import type { Directory } from '../../directories/directory.ts';
import { flagAccount } from '../flags/flags.ts';
import type { Live } from '../../live/live.ts';
import type { Notifications } from '../../messaging/notifications/notifications.ts';
import { isOwnAccount, canAccess } from '../../authorization/account-access.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { Refusal } from '../../refusal.ts';
import { requirementOf } from '../decision/requirement.ts';
import type { Transaction, Store } from '../../store/store.ts';
import { assertOpen, extendCase, type CaseContextReader } from '../decision/case-context.ts';

type Opening = z.output<typeof openCase.body>;
type Changing = z.output<typeof changeCase.body>;
type Refusing = z.output<typeof refuseCase.body>;

export interface Cases {
  /** Opens a case, or comes back to the operator's own open one about the account. Answers its id. */
  open(opening: Opening, session: OperatorSession, origin: Origin): Promise<string>;
  change(caseId: string, changing: Changing, session: OperatorSession, origin: Origin): Promise<void>;
  refuse(caseId: string, refusing: Refusing, session: OperatorSession, origin: Origin): Promise<void>;
  close(caseId: string, session: OperatorSession, origin: Origin): Promise<void>;
  /** Ends cases in which nothing happened for the policy's time. */
  sweepExpired(): Promise<void>;
}

interface Collaborators {
  readonly store: Store;
  readonly context: CaseContextReader;
  readonly directory: Directory;
  readonly policy: PolicyInForce;
  readonly notifications: Pick<Notifications, 'caseRefused'>;
  readonly live: Live;
  readonly now: () => number;
}

/** An empty ticket is none. */
const kept = (text: string | null | undefined): string | null =>
  text === undefined || text === null || text === '' ? null : text;

/** Cases from opening to their end. What is verified and reset in them is elsewhere. */
export function createCases(collaborators: Collaborators): Cases {
  const { store, context, directory, policy, notifications, live, now } = collaborators;
  const workable = async (tx: Transaction, caseId: string, session: OperatorSession) => {
    const found = await context.read(caseId, session, tx);
    assertOpen(found);
    return found;
  };
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
    async open({ accountId, ticket, reason }, session, origin) {
      const found = await directory.get(accountId);
      if (!found) throw new Refusal('account.not-found');
      const code = isOwnAccount(session.operator, found.account)
        ? 'account.own'
        : canAccess(session.operator, found.account)
          ? null
          : 'account.out-of-scope';
      if (code !== null) {
        await store.change(origin, (_tx, record) =>
          record({ action: 'case.opened', outcome: 'refused', accountId, facts: { code } }),
        );
        throw new Refusal(code);
      }
      const { document } = await policy.current();
      const existing = await store.db
        .selectFrom('cases')
        .select('id')
        .where('account_id', '=', accountId)
        .where('operator_id', '=', session.operator.id)
        .where('state', '=', 'open')
        .where('last_activity_at', '>', now() - document.case.idle * 1000)
        .orderBy('opened_at', 'desc')
        .executeTakeFirst();
      if (existing) {
        if (ticket !== undefined || reason !== undefined) {
          await this.change(
            existing.id,
            { ...(ticket !== undefined && { ticket }), ...(reason !== undefined && { reason }) },
            session,
            origin,
          );
        } else await store.writeUnaudited((tx) => extendCase(tx, existing.id, now()));
        return existing.id;
      }
      const id = randomUUID();
      await store.change(origin, async (tx, record) => {
        // Whoever was told to reset calls about that, until they say otherwise.
        const told = reason == null && (await requirementOf(tx, accountId)) !== null;
        const why = told ? 'told-to-reset' : (reason ?? null);
        await tx
          .insertInto('cases')
          .values({
            id,
            account_id: accountId,
            operator_id: session.operator.id,
            session_id: session.id,
            ticket: kept(ticket),
            reason: why,
            state: 'open',
            opened_at: now(),
            last_activity_at: now(),
            ended_at: null,
            refusal_reason: null,
            refusal_note: null,
          })
          .execute();
        const facts = { ticket: kept(ticket), reason: why };
        await record({ action: 'case.opened', accountId, caseId: id, facts });
      });
      return id;
    },

    async change(caseId, { ticket, reason }, session, origin) {
      await store.change(origin, async (tx, record) => {
        const { opened } = await workable(tx, caseId, session);
        const next = {
          ticket: ticket === undefined ? opened.ticket : kept(ticket),
          reason: reason === undefined ? opened.reason : reason,
        };
        await tx.updateTable('cases').set(next).where('id', '=', caseId).execute();
        await extendCase(tx, caseId, now());
        await record({ action: 'case.changed', accountId: opened.account_id, caseId, facts: next });
      });
    },

    async refuse(caseId, { reason, note }, session, origin) {
      const { account } = await store.change(origin, async (tx, record) => {
        const { opened, found } = await workable(tx, caseId, session);
        await end(tx, caseId, { state: 'refused', refusal_reason: reason, refusal_note: kept(note) });
        await withdrawApprovals(tx, record, caseId);
        await record({
          action: 'case.refused',
          outcome: 'refused',
          accountId: opened.account_id,
          caseId,
          facts: { reason, note: kept(note) },
        });
        if (reason === 'suspicious') {
          await flagAccount(tx, record, {
            accountId: opened.account_id,
            caseId,
            operatorId: session.operator.id,
            note: kept(note),
            at: now(),
          });
        }
        await notifications.caseRefused(tx, { accountId: opened.account_id, caseId });
        return found;
      });
      live.publish({ type: 'case-changed', caseId });
      if (reason === 'suspicious') {
        const displayName = account.display_name;
        live.publish({ type: 'account-flagged', accountId: account.id, displayName }, account);
      }
    },

    close: (caseId, session, origin) =>
      withRefusalAudit(store, origin, { action: 'case.closed', caseId }, () =>
        store.change(origin, async (tx, record) => {
          const { opened } = await workable(tx, caseId, session);
          await end(tx, caseId, { state: 'closed' });
          await withdrawApprovals(tx, record, caseId);
          await record({ action: 'case.closed', accountId: opened.account_id, caseId });
        }),
      ),

    async sweepExpired() {
      const { document } = await policy.current();
      const before = now() - document.case.idle * 1000;
      const idle = await store.db
        .selectFrom('cases')
        .select(['id', 'account_id'])
        .where('state', '=', 'open')
        .where('last_activity_at', '<=', before)
        .limit(500)
        .execute();
      for (const { id, account_id } of idle) {
        await store
          .change(systemOrigin, async (tx, record) => {
            const { numUpdatedRows } = await tx
              .updateTable('cases')
              .set({ state: 'expired', ended_at: now() })
              .where('id', '=', id)
              .where('state', '=', 'open')
              .where('last_activity_at', '<=', before)
              .executeTakeFirst();
            if (numUpdatedRows !== 1n) throw new GoneOn();
            await withdrawApprovals(tx, record, id);
            await record({ action: 'case.expired', accountId: account_id, caseId: id });
          })
          .catch((thrown: unknown) => {
            if (!(thrown instanceof GoneOn)) throw thrown;
          });
      }
    },
  };
}

/** Somebody worked in the case between the look and the change. */
class GoneOn extends Error {}
