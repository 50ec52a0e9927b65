import type { Origin } from '../../store/append-event.ts';
import { DeadlineError, withDeadline } from '../../outbound/deadline.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import type { Store } from '../../store/store.ts';
import { cutHash, type RangeSource } from './breached-passwords.ts';

export interface ScreenPassword {
  /**
   * Whether a password is on the list of breached passwords. Returns false if the list does not answer within the policy's timeout, and records in the
   * audit log that the check was skipped.
   */
  isBreached(password: string, origin: Origin, accountId: string | null): Promise<boolean>;
}

export function createScreenPassword({
  store,
  policy,
  source,
}: {
  store: Store;
  policy: PolicyInForce;
  source: RangeSource | null;
}): ScreenPassword {
  const skip = async (why: 'no-list' | 'timeout' | 'broken', origin: Origin, accountId: string | null) => {
    await store.change(origin, (_tx, record) =>
      record({ action: 'password.breach-check-skipped', outcome: 'failed', accountId, facts: { why } }),
    );
    return false;
  };
  return {
    async isBreached(password, origin, accountId) {
      if (source === null) return skip('no-list', origin, accountId);
      const { timeout } = (await policy.current()).document.passwords.breached;
      const { prefix, suffix } = cutHash(password);
      try {
        const suffixes = await withDeadline(timeout, undefined, (within) =>
          source.suffixesOf(prefix, within).catch((thrown: unknown) => {
            throw within.aborted ? within.reason : thrown;
          }),
        );
        return suffixes.has(suffix);
      } catch (thrown) {
        return skip(thrown instanceof DeadlineError ? 'timeout' : 'broken', origin, accountId);
      }
    },
  };
}
