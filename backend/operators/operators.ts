import { randomUUID } from 'node:crypto';
import type { Origin } from '../store/append-event.ts';
import { identityKey } from '../text/fold.ts';
import { identifierKey } from '../text/identifier-steps.ts';
import type { PasswordHashing } from '../passwords/password-hashing/hashing-queue.ts';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import { Refusal } from '../refusal.ts';
import type { JudgeOperatorPassword } from './judge-operator-password.ts';
import type { EventWindows } from '../store/event-windows.ts';
import type { DirectoryProof } from './directory/directory-proof.ts';
import { findOperator } from './find-operator.ts';
import type { Lockout } from './lockout.ts';
import { hasOperator } from './has-operator.ts';
import { asOperator, createRecordFailure } from './record-failure.ts';
import type { Store } from '../store/store.ts';
import type { OperatorsTable } from '../store/tables.ts';

export interface NewAdministrator {
  readonly displayName: string;
  readonly userName: string;
  readonly password: string;
}

/** The initial columns of an operator. */
export const newOperator = {
  last_sign_in_at: null,
  scope: '{}',
  email: null,
  linked_account_id: null,
  totp_secret: null,
  totp_since: null,
  totp_last_step: null,
  provider_issuer: null,
  provider_subject: null,
  directory_id: null,
  directory_key: null,
} as const satisfies Partial<OperatorsTable>;

/** An open session whose operator proves their identity again. */
export interface ProofInSession {
  readonly sessionId: string;
}

/** The hashing lanes of operators' passwords: one for sign-ins, one for operators at work. */
export interface OperatorHashing {
  readonly desk: PasswordHashing;
  readonly strangers: PasswordHashing;
}

export interface Operators {
  any(): Promise<boolean>;
  /** Creates the first operator; throws `setup.already-done` if there is one. */
  createFirstAdministrator(person: NewAdministrator, origin: Omit<Origin, 'actor'>): Promise<OperatorsTable>;
  /**
   * Checks an operator's password, here or in the directory with which they sign in. `identifier` is the user name, or an email address that no other
   * operator has. Unknown ones take as long and get the same refusal.
   */
  authenticate(
    identifier: string,
    password: string,
    how: 'sign-in' | ProofInSession,
    origin: Omit<Origin, 'actor'>,
  ): Promise<OperatorsTable>;
}

export function createOperators({
  store,
  policy,
  judge,
  hashing,
  lockout,
  directoryProof,
  eventWindows,
  now,
}: {
  store: Store;
  policy: PolicyInForce;
  judge: JudgeOperatorPassword;
  hashing: OperatorHashing;
  lockout: Lockout;
  directoryProof: DirectoryProof;
  eventWindows: Pick<EventWindows, 'recordStranger'>;
  now: () => number;
}): Operators {
  // Passwords for unknown operators are compared with this hash, so that the timing is the same.
  const dummyHash = hashing.desk.hash(randomUUID());
  const fail = createRecordFailure({ store, policy, eventWindows });

  return {
    any: () => hasOperator(store.db),

    createFirstAdministrator: async ({ displayName, userName, password }, origin) => {
      const beforeSetup: Origin = { ...origin, actor: { kind: 'system' } };
      const faults = await judge.faults(password, { userName, displayName }, beforeSetup);
      if (faults.length > 0) await judge.refuse(faults);
      const operator: OperatorsTable = {
        id: randomUUID(),
        user_name: userName,
        user_name_key: identityKey(userName),
        display_name: displayName,
        password_hash: await hashing.desk.hash(password),
        roles: JSON.stringify(['administrator', 'operator', 'auditor']),
        state: 'active',
        created_at: now(),
        ...newOperator,
      };
      await store.change(asOperator(operator, origin), async (tx, record) => {
        const other = await tx.selectFrom('operators').select('id').limit(1).executeTakeFirst();
        if (other) throw new Refusal('setup.already-done');
        await tx.insertInto('operators').values(operator).execute();
        await record({ action: 'setup.administrator-created', facts: { userName } });
      });
      return operator;
    },

    authenticate: async (identifier, password, how, origin) => {
      const named = await findOperator(store, identifier);
      const isSession = how !== 'sign-in';
      const claim = await directoryProof.claim(identifier, named, isSession);
      const operator = claim === null ? named : claim.operator;
      // Counted under one key, whichever identifier was typed.
      const nameKey = operator?.user_name_key ?? claim?.account?.user_name_key ?? identifierKey(identifier);
      const guard = isSession
        ? lockout.inSession(how.sessionId, operator?.id ?? '')
        : lockout.signIn(nameKey, operator?.id ?? null, origin);
      await guard.assertAllowed(store.db);
      // A sign-in may come from a stranger, so it uses a separate lane from the operators at work.
      const { verify } = isSession ? hashing.desk : hashing.strangers;
      // Operators without a password (invited, or with the identity provider only) are treated like unknown ones.
      const stored = operator && operator.password_hash !== '' ? operator.password_hash : null;
      const right = (await verify(stored ?? (await dummyHash), password)) && stored !== null;
      if (right && operator?.state === 'active') return operator;
      const proof =
        claim === null
          ? 'wrong'
          : await directoryProof.prove(claim, password, {
              name: nameKey,
              isKnown: isSession || (await lockout.isKnownDevice(store.db, nameKey, origin)),
              origin,
            });
      if (typeof proof === 'object' && !(proof instanceof Refusal)) return proof;
      await fail(operator, { proof, guard, isSession, origin });
      // A disabled operator gets the same refusal, because another one would confirm that the password is right.
      throw proof === 'wrong' ? new Refusal('session.credentials-wrong') : proof;
    },
  };
}
