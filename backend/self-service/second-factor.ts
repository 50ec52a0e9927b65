import { readDigits } from '../../shared/typed/code.ts';
import type { Origin } from '../store/append-event.ts';
import type { Enrolment } from '../credentials/enrolment/enrolment.ts';
import { readRecoveryCode } from '../credentials/enrolment/recovery-codes.ts';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import type { EventWindows } from '../store/event-windows.ts';
import type { Store } from '../store/store.ts';
import { completeSignIn } from './complete-sign-in.ts';
import { createCountFailure } from './count-failure.ts';
import type { UserSession } from './user-sessions.ts';

export type CodeOutcome =
  | { readonly kind: 'ok'; readonly mustChange: boolean }
  /** `locked`: too many wrong passwords and codes; the session has ended. */
  | { readonly kind: 'wrong' | 'locked' };

export interface SecondFactor {
  /** Completes the sign-in with a code from the authenticator app or a recovery code. Each code works once. */
  prove(session: UserSession, typed: string, origin: Origin): Promise<CodeOutcome>;
}

/** The second step of a sign-in, for users who have set up an authenticator. */
export function createSecondFactor({
  store,
  enrolment,
  policy,
  eventWindows,
  now,
}: {
  store: Store;
  eventWindows: Pick<EventWindows, 'record'>;
  enrolment: Enrolment;
  policy: PolicyInForce;
  now: () => number;
}): SecondFactor {
  const countFailure = createCountFailure({ store, eventWindows, now });
  return {
    async prove({ id, account, mustChange }, typed, origin) {
      const digits = readDigits(typed, 6);
      const recovery = readRecoveryCode(typed);
      const outcome = await store.change(origin, async (tx, record) => {
        const right =
          (await enrolment.authenticators.use(account.id, digits, tx)) ||
          (recovery !== null && (await enrolment.recoveryCodes.use(account.id, recovery, tx)));
        if (!right) {
          await record({ action: 'self-service.code-wrong', outcome: 'refused', accountId: account.id });
          return null;
        }
        const credentials = await tx
          .selectFrom('account_credentials')
          .select('must_change')
          .where('account_id', '=', account.id)
          .executeTakeFirst();
        const viaOld = !mustChange && credentials?.must_change === 1;
        await tx.deleteFrom('user_sessions').where('id', '=', id).execute();
        return completeSignIn(tx, record, account.id, { viaOld, temporary: mustChange, at: now() });
      });
      if (outcome !== null) return { kind: 'ok', ...outcome };
      const { failures: max, lockFor } = (await policy.current()).document.signIn;
      const locked = await countFailure(account, origin, 'code', { max, lockFor });
      if (!locked) return { kind: 'wrong' };
      await store.writeUnaudited((tx) => tx.deleteFrom('user_sessions').where('id', '=', id).execute());
      return { kind: 'locked' };
    },
  };
}
