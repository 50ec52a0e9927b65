import type { PolicyInForce } from '../policy/policy-in-force.ts';
import type { Refusal } from '../refusal.ts';
import type { Origin } from '../store/append-event.ts';
import type { EventWindows } from '../store/event-windows.ts';
import type { RecordEvent, Store, Transaction } from '../store/store.ts';
import type { OperatorsTable } from '../store/tables.ts';
import type { AttemptGuard } from './lockout.ts';

export const asOperator = (operator: OperatorsTable, origin: Omit<Origin, 'actor'>): Origin => ({
  ...origin,
  actor: { kind: 'operator', id: operator.id, name: operator.display_name },
});

/**
 * Records and counts a failed attempt; throws if it locks. An attempt that the directory did not answer counts as well: it may have counted there. A
 * right password that is refused for another reason does not count.
 */
export function createRecordFailure({
  store,
  policy,
  eventWindows,
}: {
  readonly store: Store;
  readonly policy: PolicyInForce;
  readonly eventWindows: Pick<EventWindows, 'recordStranger'>;
}) {
  return async (
    operator: OperatorsTable | undefined,
    {
      proof,
      guard,
      isSession,
      origin,
    }: {
      readonly proof: 'wrong' | Refusal;
      readonly guard: AttemptGuard;
      readonly isSession: boolean;
      readonly origin: Omit<Origin, 'actor'>;
    },
  ): Promise<void> => {
    const action = isSession ? 'operator.reauthentication-failed' : 'operator.sign-in-failed';
    const why =
      proof === 'wrong'
        ? {}
        : { why: proof.code, ...(proof.help.detail !== undefined && { detail: proof.help.detail }) };
    const isCounted = proof === 'wrong' || proof.code === 'directory-sign-in.unavailable';
    const { document } = await policy.current();
    const count = (tx: Transaction, record: RecordEvent) =>
      isCounted ? guard.count(tx, record, 'password', document) : Promise.resolve(null);
    if (!operator) {
      await eventWindows.recordStranger({
        key: action,
        origin: { ...origin, actor: { kind: 'system' } },
        event: { action, outcome: 'refused', facts: { known: false, ...why } },
      });
      const locked = await store.writeUnaudited((tx) => count(tx, () => Promise.resolve()));
      if (locked !== null) throw locked;
      return;
    }
    const refusal = await store.change(asOperator(operator, origin), async (tx, record) => {
      await record({ action, outcome: 'refused', facts: { known: true, state: operator.state, ...why } });
      // Counted in the transaction, so that all concurrent failures count, including a disabled operator's right password.
      return count(tx, record);
    });
    if (refusal !== null) throw refusal;
  };
}
