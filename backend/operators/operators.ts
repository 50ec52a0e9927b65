import { randomUUID } from 'node:crypto';
import type { Origin } from '../store/append-event.ts';
import { readIdentifier } from '../../shared/typed/identifier.ts';
import { identityKey } from '../text/fold.ts';
import { identifierKey } from '../text/identifier-steps.ts';
import type { PasswordHashing } from '../passwords/password-hashing/hashing-queue.ts';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import { Refusal } from '../refusal.ts';
import type { JudgeOperatorPassword } from './judge-operator-password.ts';
import type { EventWindows } from '../store/event-windows.ts';
import type { DirectoryProof } from './directory/directory-proof.ts';
import type { AttemptGuard, Lockout } from './lockout.ts';
import type { RecordEvent, Store, Transaction } from '../store/store.ts';
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
  /** The one operator with this user name or email address. */
  const byIdentifier = async (typed: string): Promise<OperatorsTable | undefined> => {
    const { userNames, address } = readIdentifier(typed);
    const names = userNames.map(identityKey);
    const known = await store.db
      .selectFrom('operators')
      .selectAll()
      .where((where) =>
        where.or([
          where('user_name_key', 'in', ['', ...names]),
          ...(address === null ? [] : [where('email', 'is not', null)]),
        ]),
      )
      .execute();
    const [literal, ...others] = names.map((name) => known.find((row) => row.user_name_key === name));
    if (literal) return literal;
    const key = address === null ? null : identityKey(address);
    const mailed = known.filter(({ email }) => email !== null && identityKey(email) === key);
    if (mailed.length > 0) return mailed.length === 1 ? mailed[0] : undefined;
    return others.find((row) => row !== undefined);
  };
  const as = (operator: OperatorsTable, origin: Omit<Origin, 'actor'>): Origin => ({
    ...origin,
    actor: { kind: 'operator', id: operator.id, name: operator.display_name },
  });
  /**
   * Records and counts a failed attempt; throws if it locks. An attempt that the directory did not answer counts as well: it may have counted there. A
   * right password that is refused for another reason does not count.
   */
  const fail = async (
    operator: OperatorsTable | undefined,
    {
      proof,
      guard,
      isSession,
      origin,
    }: {
      readonly proof: 'wrong' | Refusal;
      readonly guard: AttemptGuard;
      readonly isSession: boolean;
      readonly origin: Omit<Origin, 'actor'>;
    },
  ): Promise<void> => {
    const action = isSession ? 'operator.reauthentication-failed' : 'operator.sign-in-failed';
    const why =
      proof === 'wrong'
        ? {}
        : { why: proof.code, ...(proof.help.detail !== undefined && { detail: proof.help.detail }) };
    const isCounted = proof === 'wrong' || proof.code === 'directory-sign-in.unavailable';
    const { document } = await policy.current();
    const count = (tx: Transaction, record: RecordEvent) =>
      isCounted ? guard.count(tx, record, 'password', document) : Promise.resolve(null);
    if (!operator) {
      await eventWindows.recordStranger({
        key: action,
        origin: { ...origin, actor: { kind: 'system' } },
        event: { action, outcome: 'refused', facts: { known: false, ...why } },
      });
      const locked = await store.writeUnaudited((tx) => count(tx, () => Promise.resolve()));
      if (locked !== null) throw locked;
      return;
    }
    const refusal = await store.change(as(operator, origin), async (tx, record) => {
      await record({ action, outcome: 'refused', facts: { known: true, state: operator.state, ...why } });
      // Counted in the transaction, so that all concurrent failures count, including a disabled operator's right password.
      return count(tx, record);
    });
    if (refusal !== null) throw refusal;
  };

  return {
    any: async () =>
      (await store.db.selectFrom('operators').select('id').limit(1).executeTakeFirst()) !== undefined,

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
      await store.change(as(operator, origin), async (tx, record) => {
        const other = await tx.selectFrom('operators').select('id').limit(1).executeTakeFirst();
        if (other) throw new Refusal('setup.already-done');
        await tx.insertInto('operators').values(operator).execute();
        await record({ action: 'setup.administrator-created', facts: { userName } });
      });
      return operator;
    },

    authenticate: async (identifier, password, how, origin) => {
      const named = await byIdentifier(identifier);
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
