import { checkTable, type CheckKind, type CheckView } from '../../../shared/api/check.ts';
import type { KeptMessage } from '../../../shared/api/mail.ts';
import type { Store } from '../../store/store.ts';
import type { ChecksTable } from '../../store/tables.ts';
import type { CaseContext } from '../decision/case-context.ts';
import { checkStateOf } from '../decision/check-obstacle.ts';
import type { CheckOffer, CheckRegistry } from '../decision/check.ts';

type Attempt = NonNullable<CheckView['attempt']>;
type Delivery = Pick<Attempt, 'delivery' | 'deliveryAnswer' | 'keptMessage'>;
type Reader = Attempt['readInOutbox'][number];

export interface CheckViews {
  /** The checks that a case offers, each with its newest attempt. */
  views(context: CaseContext): Promise<CheckView[]>;
}

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** Shows the checks of a case. */
export function createCheckViews({ store, registry }: { store: Store; registry: CheckRegistry }): CheckViews {
  const deliveriesOf = async (checks: readonly ChecksTable[]): Promise<ReadonlyMap<string, Delivery>> => {
    const ids = checks.map(({ mail_id }) => mail_id).filter((id) => id !== null);
    if (ids.length === 0) return new Map();
    const read = async (table: 'mails' | 'text_messages', channel: KeptMessage['channel']) => {
      const sent = await store.db
        .selectFrom(table)
        .select(['id', 'state', 'answer'])
        .where('id', 'in', ids)
        .execute();
      return sent.map(({ id, state, answer }): readonly [string, Delivery] => [
        id,
        {
          delivery: state as Delivery['delivery'],
          deliveryAnswer: answer,
          ...(state === 'kept-in-outbox' && { keptMessage: { id, channel } }),
        },
      ]);
    };
    return new Map((await Promise.all([read('mails', 'email'), read('text_messages', 'text')])).flat());
  };
  /** The operators who read the case's kept messages, by message. A message that left this computer has no readers here. */
  const readersOf = async (
    caseId: string,
    deliveries: ReadonlyMap<string, Delivery>,
  ): Promise<ReadonlyMap<string, Reader[]>> => {
    const isKept = [...deliveries.values()].some(({ delivery }) => delivery === 'kept-in-outbox');
    if (!isKept) return new Map();
    const events = await store.db
      .selectFrom('audit_events')
      .select(['actor_name', 'at', 'facts'])
      .where('case_id', '=', caseId)
      .where('action', '=', 'outbox.read')
      .orderBy('seq')
      .execute();
    const readers = new Map<string, Reader[]>();
    for (const { actor_name: name, at, facts } of events) {
      const { mail, text } = JSON.parse(facts) as { mail?: string; text?: string };
      const message = mail ?? text ?? '';
      readers.set(message, [
        ...(readers.get(message) ?? []),
        { name: name ?? '', at: new Date(at).toISOString() },
      ]);
    }
    return readers;
  };
  return {
    async views(context) {
      const { offers, checkObstacles, checks, policy } = context;
      const deliveries = await deliveriesOf(checks);
      const readers = await readersOf(context.opened.id, deliveries);
      const attemptOf = async (last: ChecksTable | undefined): Promise<CheckView['attempt']> => {
        if (!last) return null;
        const state = checkStateOf(last, context) as Attempt['state'];
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
          readInOutbox: readers.get(last.mail_id ?? '') ?? [],
          asked: (state === 'pending' && (await adapter?.questions?.(last, store.db))) || [],
        };
      };
      const viewOf = async ([kind, offer]: [CheckKind, CheckOffer]): Promise<CheckView> => {
        const obstacle = checkObstacles.get(kind);
        return {
          kind,
          factor: checkTable[kind].factor,
          points: policy.document.points[kind],
          destination: offer.destination,
          person: offer.person,
          digits: offer.digits,
          obstacle: obstacle
            ? { reason: obstacle.reason, since: iso(obstacle.since), until: iso(obstacle.until) }
            : null,
          attempt: await attemptOf(checks.find((check) => check.kind === kind)),
        };
      };
      return Promise.all([...offers].map(viewOf));
    },
  };
}
