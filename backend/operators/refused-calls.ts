import type { ErrorCode } from '../../shared/errors/codes.ts';
import type { Origin } from '../store/append-event.ts';
import type { Store } from '../store/store.ts';
import type { EventWindows } from '../store/event-windows.ts';

export interface RefusedCalls {
  /** An operator called what their roles do not allow, or without the recent proof that the call needs. */
  notPermitted(origin: Origin, call: string, code: ErrorCode): Promise<void>;
  /**
   * An operator's writing call failed validation. The console validates with the same schemas, so the call came from another client.
   */
  unreadable(origin: Origin, call: string, code: string, caseId: string | null): Promise<void>;
}

/** Refused calls of one kind and operator in ten minutes that are recorded one by one. Further ones are counted. */
const recordedOneByOne = 20;

/** Records calls of known operators that are refused before they reach a handler. */
export function createRefusedCalls({
  store,
  eventWindows,
}: {
  readonly store: Store;
  readonly eventWindows: EventWindows;
}): RefusedCalls {
  const keyOf = ({ actor }: Origin, ...parts: readonly (string | null)[]): string =>
    JSON.stringify([actor.kind === 'system' ? null : actor.id, ...parts]);
  return {
    notPermitted: (origin, call, code) =>
      eventWindows.record({
        key: keyOf(origin, 'not-permitted', call, code),
        origin,
        first: recordedOneByOne,
        event: {
          action: 'operator.not-permitted',
          outcome: 'refused',
          facts: { call, code },
        },
      }),
    async unreadable(origin, call, code, caseId) {
      const known = await store.db
        .selectFrom('cases')
        .select(['id', 'account_id'])
        .where('id', '=', caseId ?? '')
        .executeTakeFirst();
      await eventWindows.record({
        key: keyOf(origin, call, code, known?.id ?? null),
        origin,
        first: recordedOneByOne,
        event: {
          action: 'operator.call-unreadable',
          outcome: 'refused',
          accountId: known?.account_id ?? null,
          caseId: known?.id ?? null,
          facts: { call, code },
        },
      });
    },
  };
}
