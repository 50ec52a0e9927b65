import type { AlertScope, AlertView } from '../../../shared/api/alert.ts';
import type { OperatorSession } from '../../authorization/operator-session.ts';
import type { Store, Transaction } from '../../store/store.ts';
import type { AlertsTable } from '../../store/tables.ts';

export interface AlertReader {
  /** Whether the alert is raised for accounts of this tier, read in the transaction that acts on it where one is given. */
  raisedFor(tier: string, tx?: Transaction): Promise<boolean>;
}

/** An instant in milliseconds as the API writes it. */
export const isoAt = (at: number) => new Date(at).toISOString();

/** Reads the alert that is raised, and the one that waits for a second approver. */
export function createReadAlerts({ store, now }: { readonly store: Store; readonly now: () => number }) {
  const current = (tx: Transaction | undefined) =>
    (tx ?? store.db)
      .selectFrom('alerts')
      .selectAll()
      .where('ended_at', 'is', null)
      .where('expires_at', '>', now())
      .orderBy('proposed_at', 'desc');
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

  return {
    raised,
    proposed,

    async raisedFor(tier: string, tx?: Transaction): Promise<boolean> {
      const alert = await raised(tx);
      return alert !== undefined && (alert.scope === 'all' || tier === 'privileged');
    },

    async view(session: OperatorSession): Promise<AlertView> {
      const [up, waiting] = [await raised(), await proposed()];
      return {
        raised: up ? await shown(up) : null,
        proposed: waiting
          ? { ...(await shown(waiting)), own: waiting.proposed_by === session.operator.id }
          : null,
      };
    },
  };
}
