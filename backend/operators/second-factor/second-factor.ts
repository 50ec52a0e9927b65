import { Secret } from '../../../shared/secret/secret.ts';
import { readDigits } from '../../../shared/typed/code.ts';
import type { Origin } from '../../store/append-event.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { Refusal } from '../../refusal.ts';
import type { KeyedHash } from '../../store/keyed-hash.ts';
import type { Sealed } from '../../store/sealed.ts';
import type { Transaction, RecordEvent, Store } from '../../store/store.ts';
import type { OperatorsTable } from '../../store/tables.ts';
import type { Lockout } from '../lockout.ts';
import type { ProofInSession } from '../operators.ts';
import { isRecoveryCodeShape, replaceRecoveryCodes, useRecoveryCode } from './recovery-codes.ts';
import { newTotpSecret, totpStep, totpUri } from './totp.ts';

export type Factor = 'authenticator' | 'recovery-code';

export interface SecondFactor {
  /**
   * Checks a code and runs `work` in the same transaction. A wrong code is counted and throws `session.code-…`. Each code of the authenticator app
   * works once.
   */
  prove<T>(
    operatorId: string,
    code: string,
    how: { readonly signInFrom: Omit<Origin, 'actor'> } | ProofInSession,
    origin: Origin,
    work: (tx: Transaction, record: RecordEvent, factor: Factor, operator: OperatorsTable) => Promise<T>,
  ): Promise<T>;
  /** Creates a secret, and its sealed form to be stored until the first code confirms it. */
  offer(operator: Pick<OperatorsTable, 'id' | 'user_name'>): { secret: Secret; uri: Secret; sealed: string };
  /**
   * Turns on an offered secret with its first code and returns new recovery codes; null if the code is wrong.
   */
  enrol(
    tx: Transaction,
    record: RecordEvent,
    operatorId: string,
    sealedSecret: string,
    code: string,
  ): Promise<Secret[] | null>;
  renewRecoveryCodes(operatorId: string, origin: Origin): Promise<Secret[]>;
}

const name = (operatorId: string) => `operator.totp ${operatorId}`;

export function createSecondFactor({
  store,
  policy,
  lockout,
  keyed,
  sealed,
  onRecoveryCode,
  now,
}: {
  store: Store;
  policy: PolicyInForce;
  lockout: Lockout;
  keyed: KeyedHash;
  sealed: Sealed;
  /** Called when an operator used a recovery code; `left` codes remain. */
  onRecoveryCode: (operator: OperatorsTable, left: number) => void;
  now: () => number;
}): SecondFactor {
  const fresh = (tx: Transaction, id: string) =>
    tx.selectFrom('operators').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

  /** Uses a code; returns its factor, or why it was refused. */
  async function use(
    tx: Transaction,
    operator: OperatorsTable,
    typed: string,
  ): Promise<Factor | 'wrong' | 'replayed'> {
    if (operator.totp_secret === null) return 'wrong';
    if (isRecoveryCodeShape(typed)) {
      return (await useRecoveryCode(tx, keyed, operator.id, typed, now())) ? 'recovery-code' : 'wrong';
    }
    const secret = new Secret(sealed.open(name(operator.id), operator.totp_secret));
    const step = totpStep(secret, readDigits(typed, 6), now());
    if (step === null) return 'wrong';
    if (operator.totp_last_step !== null && step <= operator.totp_last_step) return 'replayed';
    await tx.updateTable('operators').set({ totp_last_step: step }).where('id', '=', operator.id).execute();
    return 'authenticator';
  }
  const left = async (tx: Transaction, operatorId: string) =>
    (
      await tx
        .selectFrom('operator_recovery_codes')
        .select('id')
        .where('operator_id', '=', operatorId)
        .where('used_at', 'is', null)
        .execute()
    ).length;

  return {
    async prove(operatorId, code, how, origin, work) {
      const { document } = await policy.current();
      const outcome = await store.change(origin, async (tx, record) => {
        const operator = await fresh(tx, operatorId);
        const guard =
          'sessionId' in how
            ? lockout.inSession(how.sessionId, operatorId)
            : lockout.signIn(operator.user_name_key, operatorId, how.signInFrom);
        await guard.assertAllowed(tx);
        const factor = await use(tx, operator, code);
        if (factor === 'wrong' || factor === 'replayed') {
          const refusal = await guard.count(tx, record, 'code', document);
          await record({
            action: 'signInFrom' in how ? 'operator.sign-in-failed' : 'operator.reauthentication-failed',
            outcome: 'refused',
            facts: { known: true, why: `code-${factor}` },
          });
          return { done: false, factor, refusal } as const;
        }
        let remaining: number | null = null;
        if (factor === 'recovery-code') {
          remaining = await left(tx, operatorId);
          await record({ action: 'operator.recovery-code-used', facts: { left: remaining } });
        }
        const value = await work(tx, record, factor, operator);
        return { done: true, remaining, operator, value } as const;
      });
      if (outcome.done) {
        if (outcome.remaining !== null) onRecoveryCode(outcome.operator, outcome.remaining);
        return outcome.value;
      }
      if (outcome.refusal !== null) throw outcome.refusal;
      throw new Refusal(outcome.factor === 'wrong' ? 'session.code-wrong' : 'session.code-replayed');
    },

    offer: ({ id, user_name }) => {
      const secret = newTotpSecret();
      return { secret, uri: totpUri(secret, user_name), sealed: sealed.seal(name(id), secret.expose()) };
    },

    async enrol(tx, record, operatorId, sealedSecret, code) {
      const secret = new Secret(sealed.open(name(operatorId), sealedSecret));
      const step = totpStep(secret, readDigits(code, 6), now());
      if (step === null) return null;
      await tx
        .updateTable('operators')
        .set({ totp_secret: sealedSecret, totp_since: now(), totp_last_step: step })
        .where('id', '=', operatorId)
        .execute();
      const codes = await replaceRecoveryCodes(tx, keyed, operatorId, now());
      await record({ action: 'operator.second-factor-enrolled', facts: { operator: operatorId } });
      return codes;
    },

    renewRecoveryCodes: (operatorId, origin) =>
      store.change(origin, async (tx, record) => {
        if ((await fresh(tx, operatorId)).totp_secret === null)
          throw new Refusal('operator.no-second-factor');
        const codes = await replaceRecoveryCodes(tx, keyed, operatorId, now());
        await record({ action: 'operator.recovery-codes-renewed' });
        return codes;
      }),
  };
}
