import type { Origin } from '../store/append-event.ts';
import type { Live } from '../live/live.ts';
import { Refusal } from '../refusal.ts';
import type { Transaction, RecordEvent, Store } from '../store/store.ts';
import type { OperatorsTable } from '../store/tables.ts';
import { lockOperators } from './remaining-administrator.ts';
import { publishEnded } from './session-list.ts';
import type { OperatorScope } from '../../shared/api/operator.ts';

/** Changes one operator and records it. Returns the ids of the sessions that it ended. */
export type OperatorChange = (
  tx: Transaction,
  record: RecordEvent,
  operator: OperatorsTable,
) => Promise<readonly string[] | void>;

/**
 * Runs a change of one operator in a transaction, and publishes the sessions that it ended. A refusal is recorded as
 * `operator.change-refused`, with `what` as the attempted change; throws `operator.not-found`.
 */
export type ChangeOperator = (
  operatorId: string,
  what: string,
  origin: Origin,
  change: OperatorChange,
) => Promise<void>;

export const createChangeOperator =
  ({ store, live }: { store: Store; live: Live }): ChangeOperator =>
  async (operatorId, what, origin, change) => {
    try {
      const ended = await store.change(origin, async (tx, record) => {
        await lockOperators(tx);
        const operator = await tx
          .selectFrom('operators')
          .selectAll()
          .where('id', '=', operatorId)
          .executeTakeFirst();
        if (!operator) throw new Refusal('operator.not-found');
        return change(tx, record, operator);
      });
      publishEnded(live, ended ?? []);
    } catch (thrown) {
      if (thrown instanceof Refusal && thrown.code !== 'operator.not-found')
        await recordRefusedChange(store, origin, { operator: operatorId, what, code: thrown.code });
      throw thrown;
    }
  };

/** Records a refused change of an operator, or a refused invitation. */
export const recordRefusedChange = (
  store: Store,
  origin: Origin,
  facts: { readonly operator: string | null; readonly what: string; readonly code: string },
) =>
  store.change(origin, (_tx, record) =>
    record({ action: 'operator.change-refused', outcome: 'refused', facts }),
  );

export const updateOperator = (
  tx: Transaction,
  { id }: Pick<OperatorsTable, 'id'>,
  values: Partial<OperatorsTable>,
) => tx.updateTable('operators').set(values).where('id', '=', id).execute();

/** Throws `operator.removed`. */
export function assertNotRemoved({ state }: Pick<OperatorsTable, 'state'>): void {
  if (state === 'removed') throw new Refusal('operator.removed');
}

/** Removes an operator. Their history keeps their name; their user name becomes available again. */
export async function removeOperator(tx: Transaction, operator: OperatorsTable): Promise<void> {
  await tx.deleteFrom('operator_recovery_codes').where('operator_id', '=', operator.id).execute();
  await updateOperator(tx, operator, {
    state: 'removed',
    user_name_key: `${operator.user_name_key} removed ${operator.id}`,
    password_hash: '',
    totp_secret: null,
    totp_since: null,
    provider_issuer: null,
    provider_subject: null,
    directory_id: null,
    directory_key: null,
  });
}

/** A scope in words, such as `departments: Sales, Finance`; `all` if it has no limits. Configured directories have their ids where no names are given. */
export const describeScope = (scope: OperatorScope, names: ReadonlyMap<string, string> = new Map()): string =>
  Object.entries(scope)
    .filter(([, values]) => values.length > 0)
    .map(([name, values]) => `${name}: ${values.map((value) => names.get(value) ?? value).join(', ')}`)
    .join('; ') || 'all';
