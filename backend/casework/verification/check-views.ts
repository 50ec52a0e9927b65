import { factorOf, type CheckKind, type CheckView } from '../../../shared/api/check.ts';
import type { Store } from '../../store/store.ts';
import type { ChecksTable } from '../../store/tables.ts';
import type { CheckLook, CheckRegistry } from '../decision/check.ts';
import type { ChecksContext } from '../decision/checks-context.ts';
import type { PolicyDocument } from '../../../shared/api/policy.ts';

type Attempt = NonNullable<CheckView['attempt']>;
type Delivery = Pick<Attempt, 'delivery' | 'deliveryAnswer'>;

interface OfCase extends ChecksContext {
  readonly checks: readonly ChecksTable[];
  readonly policy: { readonly document: PolicyDocument };
  readonly at: number;
}

export interface CheckViews {
  /** The checks that a case offers, each with its newest attempt. */
  views(context: OfCase): Promise<CheckView[]>;
}

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** Shows the checks of a case. */
export function createCheckViews({ store, registry }: { store: Store; registry: CheckRegistry }): CheckViews {
  const deliveriesOf = async (checks: readonly ChecksTable[]): Promise<ReadonlyMap<string, Delivery>> => {
    const ids = checks.map(({ mail_id }) => mail_id).filter((id) => id !== null);
    if (ids.length === 0) return new Map();
    const read = (table: 'mails' | 'text_messages') =>
      store.db.selectFrom(table).select(['id', 'state', 'answer']).where('id', 'in', ids).execute();
    const sent = await Promise.all([read('mails'), read('text_messages')]);
    return new Map(
      sent
        .flat()
        .map(({ id, state, answer }) => [
          id,
          { delivery: state as Delivery['delivery'], deliveryAnswer: answer },
        ]),
    );
  };
  const stateOf = ({ id, state, expires_at }: ChecksTable, { counting, at }: OfCase): Attempt['state'] => {
    if (state === 'pending' && expires_at <= at) return 'expired';
    // It was passed, for an address that has changed or in a session that is over: it has to be done again.
    if (state === 'passed' && !counting.has(id)) return 'expired';
    return state as Attempt['state'];
  };
  return {
    async views(context) {
      const { looks, obstacles, checks, policy } = context;
      const deliveries = await deliveriesOf(checks);
      const attemptOf = async (last: ChecksTable | undefined): Promise<CheckView['attempt']> => {
        if (!last) return null;
        const state = stateOf(last, context);
        const adapter = registry.get(last.kind as CheckKind);
        return {
          id: last.id,
          state,
          startedAt: new Date(last.started_at).toISOString(),
          expiresAt: new Date(last.expires_at).toISOString(),
          settledAt: iso(last.settled_at),
          triesLeft: last.tries_left,
          delivery: null,
          deliveryAnswer: null,
          ...deliveries.get(last.mail_id ?? ''),
          asked: (state === 'pending' && (await adapter?.asked?.(last, store.db))) || [],
        };
      };
      const viewOf = async ([kind, look]: [CheckKind, CheckLook]): Promise<CheckView> => {
        const stands = obstacles.get(kind);
        return {
          kind,
          factor: factorOf[kind],
          points: policy.document.points[kind],
          destination: look.destination,
          person: look.person,
          digits: look.digits,
          obstacle: stands
            ? { reason: stands.reason, since: iso(stands.since), until: iso(stands.until) }
            : null,
          attempt: await attemptOf(checks.find((check) => check.kind === kind)),
        };
      };
      return Promise.all([...looks].map(viewOf));
    },
  };
}
