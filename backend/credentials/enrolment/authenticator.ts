import { randomUUID, timingSafeEqual } from 'node:crypto';
import { Secret as TotpSecret, TOTP } from 'otpauth';
import { Secret } from '../../../shared/secret/secret.ts';
import type { Origin } from '../../store/append-event.ts';
import type { Sealed } from '../../store/sealed.ts';
import type { Transaction, Store } from '../../store/store.ts';
import type { OwnChangeOutcome, OwnChanges } from '../own-changes/own-changes.ts';
import type { EnrolledAccount } from './enrolment.ts';
import { authenticatorSealName } from '../own-changes/store-authenticator.ts';

export const authenticatorDigits = 6;
const period = 30;

export interface Authenticators {
  /**
   * Creates a secret for the owner's authenticator app; it takes effect with {@link Authenticators.confirm}. `uri` is the otpauth URI for a QR code,
   * `secret` the same in base32 for typing. Both are secret and shown once.
   */
  begin(account: EnrolledAccount): Promise<{ enrolmentId: string; secret: Secret; uri: Secret }>;
  /**
   * Replaces the current secret by the new one if `code` is one of its codes, or holds the change for an approver shortly after a reset. Null if the
   * code is wrong.
   */
  confirm(
    account: EnrolledAccount,
    enrolmentId: string,
    code: string,
    origin: Origin,
  ): Promise<OwnChangeOutcome | null>;
  /** Null if the account has no authenticator. */
  remove(account: EnrolledAccount, origin: Origin): Promise<OwnChangeOutcome | null>;
  /**
   * Uses a code in the transaction that acts on it. Returns whether it was correct: the code of the current 30 seconds, or of the 30 seconds before
   * or after, and not used before.
   */
  use(accountId: string, code: string, tx: Transaction): Promise<boolean>;
}

interface Collaborators {
  readonly store: Store;
  readonly sealed: Sealed;
  readonly changes: OwnChanges;
  readonly now: () => number;
}

/** The time steps whose codes are accepted at `at` (milliseconds), oldest first. */
const stepsAround = (at: number): number[] => {
  const step = Math.floor(at / 1000 / period);
  return [step - 1, step, step + 1];
};

/** The first step after `lastStep` to which the code belongs. All steps are compared, so that the timing reveals nothing. */
function stepOf(secret: string, code: string, at: number, lastStep: number | null): number | null {
  const totp = new TOTP({ secret: TotpSecret.fromBase32(secret), digits: authenticatorDigits, period });
  const given = Buffer.from(code.padEnd(authenticatorDigits).slice(0, authenticatorDigits + 1));
  const matching = stepsAround(at).filter((step) => {
    const right = Buffer.from(totp.generate({ timestamp: step * period * 1000 }));
    return right.length === given.length && timingSafeEqual(right, given);
  });
  return matching.find((step) => lastStep === null || step > lastStep) ?? null;
}

/** The authenticator apps of accounts. */
export function createAuthenticators({ store, sealed, changes, now }: Collaborators): Authenticators {
  const ofAccount = (tx: Transaction, accountId: string) =>
    tx.selectFrom('account_authenticators').selectAll().where('account_id', '=', accountId);
  return {
    async begin({ id: accountId, user_name: userName }) {
      const enrolmentId = randomUUID();
      const secret = new TotpSecret({ size: 20 });
      const totp = new TOTP({
        issuer: 'Reset Desk',
        label: userName,
        secret,
        digits: authenticatorDigits,
        period,
      });
      // Unaudited: an unconfirmed secret gives no access.
      await store.writeUnaudited(async (tx) => {
        await tx
          .deleteFrom('account_authenticators')
          .where('account_id', '=', accountId)
          .where('confirmed_at', 'is', null)
          .execute();
        await tx
          .insertInto('account_authenticators')
          .values({
            id: enrolmentId,
            account_id: accountId,
            secret: sealed.seal(authenticatorSealName(enrolmentId), secret.base32),
            created_at: now(),
            confirmed_at: null,
            last_step: null,
          })
          .execute();
      });
      return { enrolmentId, secret: new Secret(secret.base32), uri: new Secret(totp.toString()) };
    },

    async confirm(account, enrolmentId, code, origin) {
      const pending = await store.db
        .selectFrom('account_authenticators')
        .selectAll()
        .where('id', '=', enrolmentId)
        .where('account_id', '=', account.id)
        .where('confirmed_at', 'is', null)
        .executeTakeFirst();
      if (!pending) return null;
      const secret = sealed.open(authenticatorSealName(pending.id), pending.secret);
      const lastStep = stepOf(secret, code, now(), null);
      if (lastStep === null) return null;
      return changes.make(account, { kind: 'authenticator', secret, lastStep }, origin, {}, async (tx) => {
        // The change now holds the secret.
        await tx.deleteFrom('account_authenticators').where('id', '=', enrolmentId).execute();
      });
    },

    remove: async (account, origin) => {
      const known = await store.db
        .selectFrom('account_authenticators')
        .select('id')
        .where('account_id', '=', account.id)
        .where('confirmed_at', 'is not', null)
        .executeTakeFirst();
      return known ? changes.make(account, { kind: 'authenticator-removed' }, origin) : null;
    },

    async use(accountId, code, tx) {
      const enrolled = await ofAccount(tx, accountId)
        .where('confirmed_at', 'is not', null)
        .executeTakeFirst();
      if (!enrolled) return false;
      const secret = sealed.open(authenticatorSealName(enrolled.id), enrolled.secret);
      const step = stepOf(secret, code, now(), enrolled.last_step);
      if (step === null) return false;
      const { numUpdatedRows } = await tx
        .updateTable('account_authenticators')
        .set({ last_step: step })
        .where('id', '=', enrolled.id)
        .where((where) => where.or([where('last_step', 'is', null), where('last_step', '<', step)]))
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
  };
}
