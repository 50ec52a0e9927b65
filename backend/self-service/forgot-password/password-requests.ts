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
   * response nor its timing reveals it.
   */
  submit(address: string, origin: Omit<Origin, 'actor'>): Promise<RequestOutcome>;
}

/** Milliseconds; the period of the limits per address and per network. */
const periodMs = 3_600_000;

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
  const freeAt = async (
    column: 'address_hash' | 'network',
    value: string,
    max: number,
  ): Promise<number | null> => {
    const last = await store.db
      .selectFrom('password_requests')
      .select('at')
      .where(column, '=', value)
      .where('at', '>', now() - periodMs)
      .orderBy('at', 'desc')
      .offset(max - 1)
      .limit(1)
      .executeTakeFirst();
    return last ? last.at + periodMs : null;
  };
  return {
    async submit(address, origin) {
      const { selfService } = (await policy.current()).document;
      const id = randomUUID();
      const addressHash = keyed.hash('destination', identifierKey(address));
      const network = networkOf(origin.clientAddress ?? '');
      const byAddress = await freeAt('address_hash', addressHash, selfService.perAddress);
      const byNetwork = await freeAt('network', network, selfService.perNetwork);
      if (byAddress !== null || byNetwork !== null) {
        const limit = byAddress === null ? 'network' : 'address';
        await eventWindows.recordStranger({
          key: `self-service.link-request-slowed ${limit}`,
          origin: { ...origin, actor: { kind: 'system' } },
          event: { action: 'self-service.link-request-slowed', outcome: 'refused', facts: { limit } },
        });
        return { kind: 'rate-limited', until: Math.max(byAddress ?? 0, byNetwork ?? 0) };
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
