import type { AccountHit } from '../../../shared/api/account.ts';
import { everyAccount, type OperatorScope } from '../../../shared/api/operator.ts';
import { readIdentifier } from '../../../shared/typed/identifier.ts';
import { maskEmail } from '../../text/mask.ts';
import { wordedAlike } from '../../text/name-words.ts';
import { statusesOf } from '../statuses.ts';
import { findAsTyped, findSimilar, maxWords, type Found, type Viewer } from './find-accounts.ts';
import { markStart, marksOf } from './marks.ts';
import type { SearchIndex } from './search-index.ts';

export interface SearchAnswer {
  readonly hits: AccountHit[];
  readonly more: boolean;
  readonly accounts: number;
}

export interface AccountSearch {
  /**
   * `lockFor`: seconds of a lock after wrong passwords. The answer reveals that accounts outside the operator's scope exist, but none of the data
   * that a caller could be asked for.
   */
  search(
    text: string,
    limit: number,
    lockFor: number,
    operator?: { readonly scope: OperatorScope },
  ): Promise<SearchAnswer>;
  /** The number of accounts. */
  count(): Promise<number>;
  close(): void;
}

/** A found account as the operator sees it. An account out of scope shows nothing that a caller could be asked for. */
function hitOf(
  { account, outOfScope, exact, matchedBy, similar }: Found,
  {
    words,
    value,
    at,
    lockFor,
    names,
  }: {
    readonly words: readonly string[];
    readonly value: string;
    readonly at: number;
    readonly lockFor: number;
    readonly names: ReadonlyMap<string, string>;
  },
): AccountHit {
  const userNameStart = markStart(account.user_name, value);
  return {
    id: account.id,
    userName: account.user_name,
    displayName: account.display_name,
    department: account.department,
    employeeNumber: outOfScope ? null : account.employee_number,
    emailMasked: outOfScope ? null : maskEmail(account.email),
    tier: account.tier as AccountHit['tier'],
    directory:
      names.size === 0
        ? null
        : {
            kind: account.directory as NonNullable<AccountHit['directory']>['kind'],
            name: names.get(account.directory_id ?? '') ?? null,
          },
    statuses: statusesOf(account, at, lockFor),
    marks: {
      displayName: marksOf(account.display_name, words),
      userName: userNameStart.length > 0 ? userNameStart : marksOf(account.user_name, words),
      employeeNumber: outOfScope ? [] : markStart(account.employee_number, value),
    },
    exact,
    matchedBy: [...matchedBy],
    similar,
    outOfScope,
  };
}

/** Searches accounts while the operator types. */
export function createAccountSearch({
  index,
  directoryNames = () => Promise.resolve(new Map()),
  now,
}: {
  index: SearchIndex;
  /** The names of the configured directories by id; none by default. */
  directoryNames?: () => Promise<ReadonlyMap<string, string>>;
  now: () => number;
}): AccountSearch {
  async function find(text: string, max: number, operator: Viewer): Promise<Found[]> {
    const exact = await findAsTyped(index, text, max, operator);
    if (exact.length >= max) return exact;
    if (readIdentifier(text).address !== null) return exact;
    const known = new Set(exact.map(({ account }) => account.id));
    const similar = await findSimilar(index, text, max, operator);
    return [...exact, ...similar.filter(({ account }) => !known.has(account.id))];
  }

  return {
    async search(text, limit, lockFor, operator = { scope: everyAccount }) {
      const typed = text.trim();
      if (typed === '') return { hits: [], more: false, accounts: await index.count() };
      const [accounts, found, names] = await Promise.all([
        index.count(),
        find(typed, limit + 1, operator),
        directoryNames(),
      ]);
      const { words: typedWords, text: value } = readIdentifier(typed);
      const words = wordedAlike(typedWords, maxWords).flat();
      const at = now();
      const hits = found.slice(0, limit).map((one) => hitOf(one, { words, value, at, lockFor, names }));
      return { hits, more: found.length > limit, accounts };
    },
    count: () => index.count(),
    close: () => {
      index.close();
    },
  };
}
