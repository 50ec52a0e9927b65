import type { LockoutRules } from '../../directories/external/external-directory.ts';
import { Refusal } from '../../refusal.ts';
import type { Store, Transaction } from '../../store/store.ts';

/** Wrong passwords after which a directory is assumed to lock an account if the service account cannot read its policy. */
const assumedThreshold = 3;
/** Milliseconds for which a wrong password counts if the directory does not say how long. */
const assumedWindow = 24 * 3_600_000;
/** Milliseconds after which unused tries are deleted; longer than the longest window of Active Directory, 99,999 minutes. */
const keptFor = 100 * 24 * 3_600_000;
/** Milliseconds, for clocks that differ. */
const margin = 60_000;

export interface TriesAllowed {
  /** From all consoles together; one less than the directory's own limit. */
  readonly all: number;
  /** From consoles with which the operator has never signed in. */
  readonly strangers: number;
  /** Milliseconds without a wrong password after which all tries are allowed again. */
  readonly window: number;
}

/**
 * The wrong passwords that may be tried at a directory. They stay below the number that locks the account there, and half of them are kept for consoles
 * that the operator has used before, so that strangers can lock out neither the account nor its owner. Null if the directory locks no accounts.
 */
export function allowedTries({ threshold, window }: LockoutRules): TriesAllowed | null {
  if (threshold === 0) return null;
  const all = Math.max(0, (threshold ?? assumedThreshold) - 1);
  return {
    all,
    strangers: all === 1 ? 1 : Math.floor(all / 2),
    window: (window ?? assumedWindow) + margin,
  };
}

export interface DirectoryTries {
  /**
   * Counts a try before it is made, since its answer may be lost after the directory has counted it. Throws `session.operator-locked` if the try could
   * lock the account.
   */
  reserve(subject: string, isKnown: boolean, allowed: TriesAllowed | null): Promise<void>;
  /** Takes back a try that reached no server, or whose password was right. */
  release(subject: string, isKnown: boolean): Promise<void>;
  /** Forgets all tries, as the directory does after a sign-in. */
  forget(subject: string): Promise<void>;
}

/** Forgets the tries at an account, for an administrator who unlocks the operator. */
export async function forgetTries(tx: Transaction, directoryKey: string | null): Promise<void> {
  if (directoryKey === null) return;
  await tx.deleteFrom('directory_tries').where('subject', '=', subjectOf(directoryKey)).execute();
}

export const subjectOf = (directoryKey: string): string => `account ${directoryKey}`;

/** Counts wrong passwords by account, across all names and consoles with which it is tried. */
export function createDirectoryTries({
  store,
  now,
}: {
  readonly store: Store;
  readonly now: () => number;
}): DirectoryTries {
  const columnOf = (isKnown: boolean) => (isKnown ? 'known' : 'strangers');
  return {
    async reserve(subject, isKnown, allowed) {
      if (allowed === null) return;
      const until = await store.writeUnaudited(async (tx) => {
        const at = now();
        await tx
          .deleteFrom('directory_tries')
          .where('last_at', '<=', at - keptFor)
          .execute();
        const row = await tx
          .selectFrom('directory_tries')
          .selectAll()
          .where('subject', '=', subject)
          .executeTakeFirst();
        // A directory counts on as long as the pauses between wrong passwords are shorter than its window.
        const counted =
          row && row.last_at + allowed.window > at ? row : { strangers: 0, known: 0, last_at: at };
        const isAllowed =
          counted.strangers + counted.known < allowed.all &&
          (isKnown || counted.strangers < allowed.strangers);
        if (!isAllowed) return counted.last_at + allowed.window;
        const column = columnOf(isKnown);
        const values = { strangers: counted.strangers, known: counted.known, last_at: at };
        values[column] += 1;
        await tx
          .insertInto('directory_tries')
          .values({ subject, ...values })
          .onConflict((on) => on.column('subject').doUpdateSet(values))
          .execute();
        return null;
      });
      if (until !== null)
        throw new Refusal('session.operator-locked', { until: new Date(until).toISOString() });
    },
    async release(subject, isKnown) {
      const column = columnOf(isKnown);
      await store.writeUnaudited((tx) =>
        tx
          .updateTable('directory_tries')
          .set((row) => ({ [column]: row(column, '-', 1) }))
          .where('subject', '=', subject)
          .where(column, '>', 0)
          .execute(),
      );
    },
    async forget(subject) {
      await store.writeUnaudited((tx) =>
        tx.deleteFrom('directory_tries').where('subject', '=', subject).execute(),
      );
    },
  };
}
