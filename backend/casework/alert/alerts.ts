import { randomUUID } from 'node:crypto';
import type { AlertScope, AlertView } from '../../../shared/api/alert.ts';
import { type Origin, systemOrigin } from '../../store/append-event.ts';
import { withRefusalAudit } from '../../store/refusal-audit.ts';
import type { Live } from '../../live/live.ts';
import { assertRecentProof } from '../../authorization/recent-proof.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { isSamePerson, readPersons } from '../../authorization/persons.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { Refusal } from '../../refusal.ts';
import type { RecordEvent, Store, Transaction } from '../../store/store.ts';
import type { AlertsTable } from '../../store/tables.ts';
import { covers, createReadAlerts, isoAt, type AlertReader } from './read-alerts.ts';

export interface Alerts extends AlertReader {
  view(session: OperatorSession): Promise<AlertView>;
  raise(
    wish: { scope: AlertScope; reason: string; validFor?: number | undefined },
    session: OperatorSession,
    origin: Origin,
  ): Promise<void>;
  second(alertId: string, session: OperatorSession, origin: Origin): Promise<void>;
  end(session: OperatorSession, origin: Origin): Promise<void>;
  /** Records the end of alerts that have lapsed. */
  sweepLapsed(): Promise<void>;
}

interface Collaborators {
  readonly store: Store;
  readonly policy: PolicyInForce;
  readonly live: Live;
  readonly now: () => number;
}

/** The alert tightens the rules while a threat is raised, and lapses after its time. */
export function createAlerts({ store, policy, live, now }: Collaborators): Alerts {
  const reads = createReadAlerts({ store, now });
  const { raised, proposed } = reads;

  const assertProvedForAlerts = async (session: OperatorSession) => {
    const { approvals } = (await policy.current()).document;
    assertRecentProof(session, approvals.provedWithin, now());
  };
  const recordRaised = (record: RecordEvent, { id, scope, reason, expires_at }: AlertsTable) =>
    record({ action: 'alert.raised', facts: { alert: id, scope, reason, until: isoAt(expires_at) } });

  /** Throws `alert.own-case`: operators do not end what makes their own open cases stricter. */
  const assertNoCaseUnder = async (tx: Transaction, { scope }: AlertsTable, session: OperatorSession) => {
    const open = await tx
      .selectFrom('cases')
      .innerJoin('accounts', 'accounts.id', 'cases.account_id')
      .select(['cases.operator_id', 'accounts.tier'])
      .where('cases.state', '=', 'open')
      .execute();
    const operatorIds = open.filter(({ tier }) => covers(scope, tier)).map((row) => row.operator_id);
    const persons = await readPersons(tx, [session.operator.id, ...operatorIds]);
    const self = persons.get(session.operator.id) ?? new Set();
    if (operatorIds.some((id) => isSamePerson(self, persons.get(id) ?? new Set())))
      throw new Refusal('alert.own-case');
  };

  const recorded = (origin: Origin, work: () => Promise<void>) =>
    withRefusalAudit(store, origin, { action: 'alert.refused' }, work);

  return {
    raisedFor: reads.raisedFor,
    view: reads.view,

    raise: ({ scope, reason, validFor }, session, origin) =>
      recorded(origin, async () => {
        await assertProvedForAlerts(session);
        const { alert, approvals } = (await policy.current()).document;
        const seconds = Math.min(validFor ?? alert.validFor, alert.most);
        // One approver can raise the alert for all accounts. An alert for privileged accounts alone takes two.
        const isRaisedAlone = scope === 'all';
        await store.change(origin, async (tx, record) => {
          if ((await raised(tx)) ?? (await proposed(tx))) throw new Refusal('alert.already-raised');
          const row: AlertsTable = {
            id: randomUUID(),
            scope,
            reason,
            valid_for: seconds,
            proposed_by: session.operator.id,
            proposed_at: now(),
            seconded_by: null,
            raised_at: isRaisedAlone ? now() : null,
            expires_at: now() + (isRaisedAlone ? seconds : approvals.validFor) * 1000,
            ended_at: null,
            ended_by: null,
          };
          await tx.insertInto('alerts').values(row).execute();
          if (isRaisedAlone) await recordRaised(record, row);
          else await record({ action: 'alert.proposed', facts: { alert: row.id, scope, reason } });
        });
        live.publish({ type: 'alert-changed', raised: isRaisedAlone });
      }),

    second: (alertId, session, origin) =>
      recorded(origin, async () => {
        await assertProvedForAlerts(session);
        await store.change(origin, async (tx, record) => {
          const waiting = await proposed(tx);
          if (waiting?.id !== alertId) throw new Refusal('alert.not-proposed');
          if (await reads.isOwn(waiting, session, tx)) throw new Refusal('alert.same-approver');
          const change = {
            seconded_by: session.operator.id,
            raised_at: now(),
            expires_at: now() + waiting.valid_for * 1000,
          };
          await tx.updateTable('alerts').set(change).where('id', '=', alertId).execute();
          await recordRaised(record, { ...waiting, ...change });
        });
        live.publish({ type: 'alert-changed', raised: true });
      }),

    end: (session, origin) =>
      recorded(origin, async () => {
        await assertProvedForAlerts(session);
        await store.change(origin, async (tx, record) => {
          const alert = (await raised(tx)) ?? (await proposed(tx));
          if (!alert) throw new Refusal('alert.not-raised');
          if (alert.raised_at !== null) await assertNoCaseUnder(tx, alert, session);
          await tx
            .updateTable('alerts')
            .set({ ended_at: now(), ended_by: session.operator.id })
            .where('id', '=', alert.id)
            .execute();
          await record({ action: 'alert.ended', facts: { alert: alert.id, scope: alert.scope } });
        });
        live.publish({ type: 'alert-changed', raised: false });
      }),

    async sweepLapsed() {
      const lapsed = await store.db
        .selectFrom('alerts')
        .selectAll()
        .where('ended_at', 'is', null)
        .where('expires_at', '<=', now())
        .execute();
      for (const { id, scope, expires_at } of lapsed) {
        await store.change(systemOrigin, async (tx, record) => {
          await tx.updateTable('alerts').set({ ended_at: expires_at }).where('id', '=', id).execute();
          await record({ action: 'alert.lapsed', facts: { alert: id, scope } });
        });
      }
      if (lapsed.length > 0) live.publish({ type: 'alert-changed', raised: false });
    },
  };
}
