import { setTimeout } from 'node:timers/promises';
import type { Store } from '../../store/store.ts';
import type { AccountSearch } from './account-search.ts';

/** An account whose names and numbers are typed. */
interface Sample {
  readonly user_name: string;
  readonly display_name: string | null;
  readonly phone: string | null;
}

/** Accounts from which on the first searches are slow, and by how many more of them the next warm-up is due. */
const [minAccounts, growth] = [20_000, 1.1];
/** Accounts whose names are typed, spread over all. */
const samples = 12;
/** Milliseconds between two searches, in which the requests of operators are answered. */
const pause = 4;

/**
 * Searches as operators type, before they do: the first searches of a process are several times slower than later ones, since the code is not compiled,
 * the statements are not planned and the index is not in memory.
 */
export function createWarmSearch({ store, search }: { store: Store; search: AccountSearch }) {
  let warmedWith = 0;
  let counted: number | null = null;
  let isStopped = false;

  async function warm(accounts: number): Promise<void> {
    for (const text of (await readSamples(store, accounts)).flatMap(textsOf)) {
      if (isStopped) return;
      await search.search(text, shownHits, noLock);
      await setTimeout(pause, undefined, { ref: false });
    }
  }

  return {
    /**
     * Warms the search up at the first call, and when many accounts have been added since the last time and no more are being added. Few accounts need
     * none.
     */
    async warmIfDue(): Promise<void> {
      const accounts = await search.count();
      const isGrowing = counted !== null && accounts !== counted;
      counted = accounts;
      if (isGrowing || accounts < minAccounts || accounts < warmedWith * growth) return;
      warmedWith = accounts;
      await warm(accounts);
    },
    /** Ends a running warm-up after its current search. */
    stop(): void {
      isStopped = true;
    },
  };
}

/** As many hits as the console asks for, and no account that counts as locked. */
const [shownHits, noLock] = [20, 0];

/** Accounts that were added one after the other are alike, so these are spread. */
async function readSamples({ db }: Store, accounts: number): Promise<Sample[]> {
  const found: Sample[] = [];
  for (let at = 0; at < samples; at += 1) {
    const sample = await db
      .selectFrom('accounts')
      .select(['user_name', 'display_name', 'phone'])
      .where('row_id', '>', Math.floor((accounts * at) / samples))
      .orderBy('row_id')
      .limit(1)
      .executeTakeFirst();
    if (sample !== undefined) found.push(sample);
  }
  return found;
}

/** What an operator types letter by letter to find the account: its name in both orders, misspelt, and its user name; the number as a whole. */
function textsOf({ user_name: userName, display_name: name, phone }: Sample): string[] {
  const words = (name ?? '').split(' ').filter((word) => word !== '');
  const reversed = words.toReversed().join(' ');
  const typed = [words.join(' '), reversed, misspelt(reversed), userName].flatMap(keystrokesOf);
  return phone === null ? typed : [...typed, phone];
}

/** The text without its third letter. */
const misspelt = (text: string): string => text.slice(0, 2) + text.slice(3);

const longestTyped = 16;
const keystrokesOf = (text: string): string[] =>
  Array.from({ length: Math.min(text.length, longestTyped) }, (_, at) => text.slice(0, at + 1));
