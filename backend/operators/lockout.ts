import type { PolicyDocument } from '../../shared/api/policy.ts';
import { networkOf } from '../network/addresses.ts';
import { Refusal } from '../refusal.ts';
import type { Origin } from '../store/append-event.ts';
import type { KeyedHash } from '../store/keyed-hash.ts';
import type { RecordEvent, Store, Transaction } from '../store/store.ts';
import type { OperatorsTable } from '../store/tables.ts';
import { endSessions } from './session-list.ts';

type From = Omit<Origin, 'actor'>;
type Db = Store['db'] | Transaction;

/** Which proof was wrong. */
export type Mistake = 'password' | 'code';

/** Counts the mistakes of one kind of attempt, and refuses further attempts after too many. */
export interface AttemptGuard {
  /** Throws `session.operator-locked` while no attempt is allowed. */
  assertAllowed(db: Db): Promise<void>;
  /** Counts a mistake; returns the refusal that the attempt gets, or null for the refusal of a single mistake. */
  count(
    tx: Transaction,
    record: RecordEvent,
    mistake: Mistake,
    policy: PolicyDocument,
  ): Promise<Refusal | null>;
}

export interface Lockout {
  /**
   * Guards a sign-in by name, also for names that no operator has. Each device that has signed in as this operator before, and each network, has a count of
   * its own: wrong passwords from elsewhere do not lock an operator out of their own console. A further count over all networks limits attackers with
   * many of them.
   */
  signIn(nameKey: string, operatorId: string | null, from: From): AttemptGuard;
  /** Guards proofs in an open session: they are never locked by what happens elsewhere, and too many mistakes end the session. */
  inSession(sessionId: string, operatorId: string): AttemptGuard;
  /** Whether an operator has signed in with this console before. */
  isKnownDevice(db: Db, nameKey: string, from: From): Promise<boolean>;
  /** After a sign-in: forgets the mistakes of this device or network, and remembers the device. */
  passed(tx: Transaction, operator: Pick<OperatorsTable, 'user_name_key'>, from: From): Promise<void>;
  /** Forgets all mistakes with a name. */
  unlock(tx: Transaction, nameKey: string): Promise<void>;
}

/** Milliseconds of the first lock; each further mistake doubles it. */
const firstLock = 60_000;
/** Wrong codes before the first lock; fewer than passwords, since the attacker already has the password. */
const codesBeforeLock = 3;
/** The factor by which the limit over all networks exceeds that of one network. */
const allNetworks = 'all networks';
const allNetworksFactor = 10;
/** Milliseconds after the last mistake until it is forgotten. */
const remembered = 24 * 3_600_000;

/** Milliseconds that the lock lasts after this many mistakes; 0 for no lock yet. */
export const lockAfter = (mistakes: number, allowed: number, atMost: number): number =>
  mistakes < allowed ? 0 : Math.min(firstLock * 2 ** Math.min(mistakes - allowed, 30), atMost);

const operatorLocked = (until: number): Refusal =>
  new Refusal('session.operator-locked', { until: new Date(until).toISOString() });

/** When the locks of sign-ins with these names end, in milliseconds, by name. Covers locks from any source. */
export async function readLocks(db: Db, now: number): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('operator_sign_in_failures')
    .select(({ fn }) => ['name_key', fn.max('locked_until').as('until')])
    .where('locked_until', '>', now)
    .groupBy('name_key')
    .execute();
  return new Map(rows.map(({ name_key, until }) => [name_key, Number(until)]));
}

/** Forgets all mistakes with a name. */
export async function unlockName(tx: Transaction, nameKey: string): Promise<void> {
  await tx.deleteFrom('operator_sign_in_failures').where('name_key', '=', nameKey).execute();
}

interface Collaborators {
  readonly keyed: KeyedHash;
  readonly now: () => number;
}

/** The counts of wrong passwords and codes at the sign-in, by name and source. */
function createSignInCounts({ keyed, now }: Collaborators) {
  const deviceHash = (nameKey: string, device: string): string =>
    keyed.hash('operator-device', JSON.stringify([nameKey, device]));

  /** The counts that an attempt belongs to. An unknown device counts as its network. */
  const sourcesOf = async (db: Db, nameKey: string, { device, clientAddress }: From): Promise<string[]> => {
    if (device != null) {
      const hash = deviceHash(nameKey, device);
      const known = await db
        .selectFrom('operator_devices')
        .select('device_hash')
        .where('device_hash', '=', hash)
        .executeTakeFirst();
      if (known) return [`device ${hash}`];
    }
    return [`network ${clientAddress === null ? '' : networkOf(clientAddress)}`, allNetworks];
  };

  const lockedUntil = async (db: Db, nameKey: string, sources: readonly string[]): Promise<number | null> => {
    const row = await db
      .selectFrom('operator_sign_in_failures')
      .select(({ fn }) => fn.max('locked_until').as('until'))
      .where('name_key', '=', nameKey)
      .where('source', 'in', [...sources])
      .where('locked_until', '>', now())
      .executeTakeFirst();
    return row?.until == null ? null : Number(row.until);
  };

  /** Counts a mistake of one source and locks it after too many; returns the end of the lock, or null. */
  const countAt = async (
    tx: Transaction,
    key: { readonly name_key: string; readonly source: string },
    mistake: Mistake,
    { allowed, atMost }: { readonly allowed: number; readonly atMost: number },
  ): Promise<number | null> => {
    const at = now();
    const column = mistake === 'password' ? 'passwords' : 'codes';
    const before = await tx
      .selectFrom('operator_sign_in_failures')
      .selectAll()
      .where('name_key', '=', key.name_key)
      .where('source', '=', key.source)
      .executeTakeFirst();
    if (!before) {
      await tx
        .deleteFrom('operator_sign_in_failures')
        .where('last_at', '<=', at - remembered)
        .execute();
    }
    const counted = { passwords: before?.passwords ?? 0, codes: before?.codes ?? 0 };
    counted[column] += 1;
    const lock = lockAfter(counted[column], allowed, atMost);
    const until = lock === 0 ? null : at + lock;
    const values = { ...counted, locked_until: until, last_at: at };
    await tx
      .insertInto('operator_sign_in_failures')
      .values({ ...key, ...values })
      .onConflict((conflict) => conflict.columns(['name_key', 'source']).doUpdateSet(values))
      .execute();
    return until;
  };

  return { deviceHash, sourcesOf, lockedUntil, countAt };
}

/** Locks sign-ins, and ends sessions, after too many wrong passwords or codes. */
export function createLockout(collaborators: Collaborators): Lockout {
  const { now } = collaborators;
  const { deviceHash, sourcesOf, lockedUntil, countAt } = createSignInCounts(collaborators);
  return {
    signIn: (nameKey, operatorId, from) => ({
      async assertAllowed(db) {
        const until = await lockedUntil(db, nameKey, await sourcesOf(db, nameKey, from));
        if (until !== null) throw operatorLocked(until);
      },
      async count(tx, record, mistake, { signIn, operatorSession }) {
        const sources = await sourcesOf(tx, nameKey, from);
        // A mistake that was made before the lock is not counted in addition to it.
        const already = await lockedUntil(tx, nameKey, sources);
        if (already !== null) return operatorLocked(already);
        const atMost = operatorSession.lockAtMost * 1000;
        let until: number | null = null;
        for (const source of sources) {
          const factor = source === allNetworks ? allNetworksFactor : 1;
          const allowed = factor * (mistake === 'password' ? signIn.failures : codesBeforeLock);
          const locked = await countAt(tx, { name_key: nameKey, source }, mistake, { allowed, atMost });
          if (locked !== null) until = Math.max(until ?? 0, locked);
        }
        if (until === null) return null;
        // Names that no operator has are locked in the same way but not recorded, because anyone can invent them.
        if (operatorId !== null)
          await record({
            action: 'operator.locked',
            facts: {
              operator: operatorId,
              until: new Date(until).toISOString(),
              what: mistake,
              from: sources[0]?.split(' ')[0] ?? null,
            },
          });
        return operatorLocked(until);
      },
    }),

    inSession: (sessionId, operatorId) => ({
      assertAllowed: () => Promise.resolve(),
      async count(tx, record, _mistake, { signIn }) {
        const row = await tx
          .updateTable('operator_sessions')
          .set((old) => ({ failed_proofs: old('failed_proofs', '+', 1) }))
          .where('id', '=', sessionId)
          .returning('failed_proofs')
          .executeTakeFirst();
        if ((row?.failed_proofs ?? 0) < signIn.failures) return null;
        await endSessions(tx, record, operatorId, now(), { sessionId });
        return new Refusal('session.expired');
      },
    }),

    isKnownDevice: async (db, nameKey, from) =>
      (await sourcesOf(db, nameKey, from)).some((source) => source.startsWith('device ')),

    async passed(tx, { user_name_key: nameKey }, from) {
      const at = now();
      const sources = await sourcesOf(tx, nameKey, from);
      await tx
        .deleteFrom('operator_sign_in_failures')
        .where('name_key', '=', nameKey)
        .where('source', 'in', sources)
        .where('source', '!=', allNetworks)
        .execute();
      if (from.device == null) return;
      await tx
        .insertInto('operator_devices')
        .values({ device_hash: deviceHash(nameKey, from.device), last_sign_in_at: at })
        .onConflict((conflict) => conflict.column('device_hash').doUpdateSet({ last_sign_in_at: at }))
        .execute();
    },

    unlock: unlockName,
  };
}
