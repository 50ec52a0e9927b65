import { randomUUID } from 'node:crypto';
import { identifierKey, identifierText } from '../../text/identifier-steps.ts';
import type { Origin } from '../../store/append-event.ts';
import type { EventWindows } from '../../store/event-windows.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import type { KeyedHash } from '../../store/keyed-hash.ts';
import type { Sealed } from '../../store/sealed.ts';
import type { Store } from '../../store/store.ts';
import { networkOf } from '../../network/addresses.ts';

/** `until`: when the next request will be accepted, in milliseconds. */
export type RequestOutcome =
  { readonly kind: 'accepted' } | { readonly kind: 'rate-limited'; readonly until: number };

export interface PasswordRequests {
  /**
   * Stores a request for a reset link by an email address, a user name or an employee number. Whether an account has it is looked up later and answered by mail only, so that neither the
   * response nor its timing reveals it. Limits of the network are applied after the look-up, for the same reason.
   */
  submit(address: string, origin: Omit<Origin, 'actor'>): Promise<RequestOutcome>;
}

/** Milliseconds; the period of the limits per address and per network. */
export const limitPeriodMs = 3_600_000;

/** A request that a limit has stopped, as {@link EventWindows} counts it. */
export const slowedRequest = (limit: 'address' | 'network', origin: Omit<Origin, 'actor'>) =>
  ({
    key: `self-service.link-request-slowed ${limit}`,
    origin: { ...origin, actor: { kind: 'system' } },
    event: { action: 'self-service.link-request-slowed', outcome: 'refused', facts: { limit } },
  }) as const;

/** The name to which a sealed address is bound. */
export const requestSealName = (requestId: string): string => `password request ${requestId}`;

export function createPasswordRequests({
  store,
  keyed,
  sealed,
  policy,
  eventWindows,
  now,
}: {
  store: Store;
  keyed: KeyedHash;
  sealed: Sealed;
  policy: PolicyInForce;
  eventWindows: Pick<EventWindows, 'recordStranger'>;
  now: () => number;
}): PasswordRequests {
  /** When the limit allows the next request, in milliseconds; null if it allows it now. */
  const freeAt = async (addressHash: string, max: number): Promise<number | null> => {
    const last = await store.db
      .selectFrom('password_requests')
      .select('at')
      .where('address_hash', '=', addressHash)
      .where('at', '>', now() - limitPeriodMs)
      .orderBy('at', 'desc')
      .offset(max - 1)
      .limit(1)
      .executeTakeFirst();
    return last ? last.at + limitPeriodMs : null;
  };
  return {
    async submit(address, origin) {
      const { selfService } = (await policy.current()).document;
      const id = randomUUID();
      const addressHash = keyed.hash('destination', identifierKey(address));
      const network = networkOf(origin.clientAddress ?? '');
      const until = await freeAt(addressHash, selfService.perAddress);
      if (until !== null) {
        await eventWindows.recordStranger(slowedRequest('address', origin));
        return { kind: 'rate-limited', until };
      }
      // Unaudited: the answer is recorded.
      await store.writeUnaudited((tx) =>
        tx
          .insertInto('password_requests')
          .values({
            id,
            address_hash: addressHash,
            address: sealed.seal(requestSealName(id), identifierText(address)),
            network,
            client_address: origin.clientAddress,
            client: origin.client,
            at: now(),
            answered_at: null,
          })
          .execute(),
      );
      return { kind: 'accepted' };
    },
  };
}
