import type { AlertScope, AlertView } from '../../../shared/api/alert.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import { isSamePerson, readPerson, readPersons } from '../../authorization/persons.ts';
import type { Store, Transaction } from '../../store/store.ts';
import type { AlertsTable } from '../../store/tables.ts';

export interface AlertReader {
  /**
   * Whether the alert is raised for accounts of this tier in a case of this operator, read in the given transaction if there is one. For the approver
   * who ended an alert early, it stays raised until its time is over.
   */
  raisedFor(tier: string, operatorId: string, tx?: Transaction): Promise<boolean>;
}

/** An instant in milliseconds as the API writes it. */
export const isoAt = (at: number) => new Date(at).toISOString();

/** Whether an alert of this scope covers accounts of this tier. */
export const covers = (scope: string, tier: string): boolean => scope === 'all' || tier === 'privileged';

/** Reads the alert that is raised, and the one that waits for a second approver. */
export function createReadAlerts({ store, now }: { readonly store: Store; readonly now: () => number }) {
  const current = (tx: Transaction | undefined) =>
    (tx ?? store.db)
      .selectFrom('alerts')
      .selectAll()
      .where('ended_at', 'is', null)
      .where('expires_at', '>', now())
      .orderBy('proposed_at', 'desc')
      .limit(1);
  const raised = (tx?: Transaction) => current(tx).where('raised_at', 'is not', null).executeTakeFirst();
  const proposed = (tx?: Transaction) => current(tx).where('raised_at', 'is', null).executeTakeFirst();

  const nameOf = async (id: string | null): Promise<string[]> => {
    if (id === null) return [];
    const row = await store.db
      .selectFrom('operators')
      .select('display_name')
      .where('id', '=', id)
      .executeTakeFirst();
    return row ? [row.display_name] : [];
  };
  const shown = async (alert: AlertsTable) => ({
    id: alert.id,
    scope: alert.scope as AlertScope,
    reason: alert.reason,
    by: [...(await nameOf(alert.proposed_by)), ...(await nameOf(alert.seconded_by))],
    since: isoAt(alert.raised_at ?? alert.proposed_at),
    until: isoAt(alert.expires_at),
  });

  const isOwn = async (alert: AlertsTable, { operator }: OperatorSession, tx?: Transaction) =>
    isSamePerson(
      await readPerson(tx ?? store.db, operator.id),
      await readPerson(tx ?? store.db, alert.proposed_by),
    );

  return {
    isOwn,
    raised,
    proposed,

    async raisedFor(tier: string, operatorId: string, tx?: Transaction): Promise<boolean> {
      const db = tx ?? store.db;
      const alerts = await db
        .selectFrom('alerts')
        .select(['scope', 'ended_at', 'ended_by'])
        .where('raised_at', 'is not', null)
        .where('expires_at', '>', now())
        .execute();
      const covering = alerts.filter((alert) => covers(alert.scope, tier));
      if (covering.some((alert) => alert.ended_at === null)) return true;
      const enders = covering.flatMap((alert) => alert.ended_by ?? []);
      if (enders.length === 0) return false;
      const persons = await readPersons(db, [operatorId, ...enders]);
      const operator = persons.get(operatorId) ?? new Set();
      return enders.some((id) => isSamePerson(operator, persons.get(id) ?? new Set()));
    },

    async view(session: OperatorSession): Promise<AlertView> {
      const [up, waiting] = [await raised(), await proposed()];
      return {
        raised: up ? await shown(up) : null,
        proposed: waiting ? { ...(await shown(waiting)), own: await isOwn(waiting, session) } : null,
      };
    },
  };
}
