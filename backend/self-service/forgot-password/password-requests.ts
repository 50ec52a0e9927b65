import { randomUUID } from 'node:crypto';
import { identityKey } from '../../text/fold.ts';
import type { Origin } from '../../store/append-event.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import type { KeyedHash } from '../../store/keyed-hash.ts';
import type { Sealed } from '../../store/sealed.ts';
import type { Store } from '../../store/store.ts';
import { networkOf } from '../../network/addresses.ts';

/** `until` in milliseconds: when the next request will be taken. */
export type RequestOutcome =
  { readonly kind: 'accepted' } | { readonly kind: 'rate-limited'; readonly until: number };

export interface PasswordRequests {
  /**
   * Writes down that somebody asks for a link, and no more: whether an account has the address is looked up later and told by mail alone, so
   * that neither the answer nor its time can say it.
   */
  submit(address: string, origin: Omit<Origin, 'actor'>): Promise<RequestOutcome>;
}

/** Milliseconds that the limits per address and per network count back. */
const within = 3_600_000;

/** The name that a sealed address is bound to. */
export const requestSealName = (requestId: string): string => `password request ${requestId}`;

export function createPasswordRequests({
  store,
  keyed,
  sealed,
  policy,
  now,
}: {
  store: Store;
  keyed: KeyedHash;
  sealed: Sealed;
  policy: PolicyInForce;
  now: () => number;
}): PasswordRequests {
  /** When the limit lets the next request through; null when it does so now. */
  const freeAt = async (
    column: 'address_hash' | 'network',
    value: string,
    most: number,
  ): Promise<number | null> => {
    const last = await store.db
      .selectFrom('password_requests')
      .select('at')
      .where(column, '=', value)
      .where('at', '>', now() - within)
      .orderBy('at', 'desc')
      .offset(most - 1)
      .limit(1)
      .executeTakeFirst();
    return last ? last.at + within : null;
  };
  return {
    async submit(address, origin) {
      const { selfService } = (await policy.current()).document;
      const id = randomUUID();
      const addressHash = keyed.hash('destination', identityKey(address));
      const network = networkOf(origin.clientAddress ?? '');
      const byAddress = await freeAt('address_hash', addressHash, selfService.perAddress);
      const byNetwork = await freeAt('network', network, selfService.perNetwork);
      if (byAddress !== null || byNetwork !== null) {
        await store.change({ ...origin, actor: { kind: 'system' } }, (_tx, record) =>
          record({
            action: 'self-service.link-request-slowed',
            outcome: 'refused',
            facts: { limit: byAddress === null ? 'network' : 'address' },
          }),
        );
        return { kind: 'rate-limited', until: Math.max(byAddress ?? 0, byNetwork ?? 0) };
      }
      // What it means is found out, and recorded, when it is answered.
      await store.writeUnaudited((tx) =>
        tx
          .insertInto('password_requests')
          .values({
            id,
            address_hash: addressHash,
            address: sealed.seal(requestSealName(id), address.trim()),
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
