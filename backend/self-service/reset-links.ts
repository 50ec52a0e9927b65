import type { PasswordFault } from '../../shared/password-policy/rules.ts';
import type { Origin } from '../store/append-event.ts';
import type { AccountRow } from '../directories/directory.ts';
import { recordDeadLink } from '../store/dead-links.ts';
import type { EventWindows } from '../store/event-windows.ts';
import type { KeyedHash } from '../store/keyed-hash.ts';
import type { Store } from '../store/store.ts';
import type { ChoosePassword, NewPassword } from './choose-password.ts';
import { createFindLink, type DeadLink } from './find-link.ts';

/** `expiresAt` in milliseconds. */
export type InspectedLink =
  | { readonly kind: 'good'; readonly account: AccountRow; readonly expiresAt: number }
  | { readonly kind: 'dead'; readonly why: DeadLink };

export interface ResetLinks {
  /**
   * Reads a link without using it: mail scanners open every link. `fetchedBy` is recorded as the unknown client that fetched the address; null records
   * nothing.
   */
  inspect(token: string, fetchedBy: Omit<Origin, 'actor'> | null): Promise<InspectedLink>;
  /** Sets the password and uses the link; `dead` if the link is not valid. */
  use(
    token: string,
    chosen: NewPassword,
    origin: Omit<Origin, 'actor'>,
  ): Promise<
    | { kind: 'dead'; why: DeadLink }
    | { kind: 'faults'; faults: readonly PasswordFault[]; account: AccountRow; expiresAt: number }
    | { kind: 'done' }
  >;
}

class Dead extends Error {
  readonly why: DeadLink;
  constructor(why: DeadLink) {
    super(why);
    this.why = why;
  }
}

export function createResetLinks({
  store,
  keyed,
  choosePassword,
  eventWindows,
  now,
}: {
  store: Store;
  keyed: KeyedHash;
  eventWindows: Pick<EventWindows, 'record' | 'recordStranger'>;
  choosePassword: ChoosePassword;
  now: () => number;
}): ResetLinks {
  const find = createFindLink({ store, keyed, now });
  const by = (account: AccountRow, origin: Omit<Origin, 'actor'>): Origin => ({
    ...origin,
    actor: { kind: 'user', id: account.id, name: account.display_name },
  });
  const refuse = async (why: DeadLink, token: string, from: Omit<Origin, 'actor'>) => {
    await recordDeadLink(eventWindows, {
      event: { action: 'reset-link.refused', outcome: 'refused', facts: { why } },
      link: why === 'unknown' ? null : keyed.hash('reset-link', token),
      from,
    });
    return { kind: 'dead', why } as const;
  };
  const factsOf = (resetId: string | null) => (resetId === null ? { selfService: true } : { reset: resetId });

  return {
    async inspect(token, fetchedBy) {
      const link = await find(token);
      if (typeof link === 'string')
        return fetchedBy === null ? { kind: 'dead', why: link } : refuse(link, token, fetchedBy);
      const { account, expiresAt, resetId } = link;
      if (!link.fetched && fetchedBy !== null) {
        // Only the sender of the form is known to be the user.
        await store.change({ ...fetchedBy, actor: { kind: 'system' } }, async (tx, record) => {
          await link.markFetched(tx);
          await record({ action: 'reset-link.fetched', accountId: account.id, facts: factsOf(resetId) });
        });
      }
      return { kind: 'good', account, expiresAt };
    },

    async use(token, chosen, origin) {
      const link = await find(token);
      if (typeof link === 'string') return refuse(link, token, origin);
      const { account, expiresAt, resetId } = link;
      try {
        const faults = await choosePassword.choose(
          account,
          chosen,
          by(account, origin),
          async (tx, record) => {
            // Judged again, because the link's validity may have changed while the password was hashed. Of two concurrent uses, one succeeds.
            const still = await find(token, tx);
            if (typeof still === 'string') throw new Dead(still);
            if (!(await still.useUp(tx))) throw new Dead('used');
            await record({ action: 'reset-link.used', accountId: account.id, facts: factsOf(resetId) });
          },
          (tx) => link.restore(tx),
          resetId === null,
        );
        return faults.length > 0 ? { kind: 'faults', faults, account, expiresAt } : { kind: 'done' };
      } catch (thrown) {
        if (!(thrown instanceof Dead)) throw thrown;
        return refuse(thrown.why, token, origin);
      }
    },
  };
}
