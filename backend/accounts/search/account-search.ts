import {
  builtInDirectory,
  type AccountFilter,
  type AccountHit,
  type FilterChoices,
} from '../../../shared/api/account.ts';
import { everyAccount, type OperatorScope } from '../../../shared/api/operator.ts';
import { readIdentifier } from '../../../shared/typed/identifier.ts';
import { maskEmail } from '../../text/mask.ts';
import { wordedAlike } from '../../text/name-words.ts';
import { statusesOf } from '../statuses.ts';
import { searchFilter } from './account-filter.ts';
import {
  findAsTyped,
  findSimilar,
  maxWords,
  type Asked,
  type Found,
  type FoundAccounts,
} from './find-accounts.ts';
import { loosenedText } from './loosened-text.ts';
import { markStart, marksOf } from './marks.ts';
import type { SearchIndex } from './search-index.ts';

export interface SearchAnswer {
  readonly hits: AccountHit[];
  readonly more: boolean;
  readonly accounts: number;
  readonly choices?: FilterChoices;
}

interface Narrowing {
  readonly filter?: AccountFilter;
  /** Adds the values that the filter can take. */
  readonly choices?: boolean;
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
    narrowing?: Narrowing,
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

/** Milliseconds for which the number of accounts is shown beside hits: every keystroke would ask for it again. */
const maxCountAge = 1000;

/** Matches whose departments are offered, and departments that are offered. */
const [matchesOfChoices, maxDepartments] = [200, 30];

/** The departments of accounts, the most frequent first. */
function departmentsOf(found: readonly Found[]): string[] {
  const counts = new Map<string, number>();
  for (const { account } of found)
    if (account.department !== null)
      counts.set(account.department, (counts.get(account.department) ?? 0) + 1);
  return [...counts]
    .toSorted(([one, many], [other, more]) => more - many || one.localeCompare(other))
    .slice(0, maxDepartments)
    .map(([name]) => name);
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
  async function find(asked: Asked): Promise<FoundAccounts> {
    const exact = await findAsTyped(index, asked);
    if (exact.accounts.length >= asked.max) return exact;
    if (readIdentifier(asked.text).address !== null) return exact;
    const known = new Set(exact.accounts.map(({ account }) => account.id));
    const similar = await findSimilar(index, asked);
    return {
      accounts: [...exact.accounts, ...similar.accounts.filter(({ account }) => !known.has(account.id))],
      isCut: exact.isCut || similar.isCut,
    };
  }

  async function choicesFor(asked: Asked): Promise<FilterChoices> {
    const [names, found] = await Promise.all([
      directoryNames(),
      find({ ...asked, max: matchesOfChoices, filter: null }),
    ]);
    return {
      departments: departmentsOf(found.accounts),
      directories: [{ id: builtInDirectory, name: null }, ...[...names].map(([id, name]) => ({ id, name }))],
    };
  }

  /** The accounts for a text, or for what may be meant by it if there are none. */
  async function findMeant(asked: Asked): Promise<FoundAccounts & { readonly text: string }> {
    const found = await find(asked);
    const text = found.accounts.length === 0 ? loosenedText(asked.text) : null;
    return text === null ? { ...found, text: asked.text } : { ...(await find({ ...asked, text })), text };
  }

  return {
    async search(text, limit, lockFor, operator = { scope: everyAccount }, narrowing = {}) {
      const typed = text.trim();
      if (typed === '') return { hits: [], more: false, accounts: await index.count() };
      const at = now();
      const asked = {
        text,
        max: limit + 1,
        operator,
        filter: searchFilter(narrowing.filter ?? {}, at, lockFor),
      };
      const [accounts, found, names, choices] = await Promise.all([
        index.count(maxCountAge),
        findMeant(asked),
        directoryNames(),
        narrowing.choices === true ? choicesFor(asked) : undefined,
      ]);
      const { words: typedWords, text: value } = readIdentifier(found.text.trim());
      const words = wordedAlike(typedWords, maxWords).flat();
      const hits = found.accounts
        .slice(0, limit)
        .map((one) => hitOf(one, { words, value, at, lockFor, names }));
      const more = found.accounts.length > limit || found.isCut;
      return { hits, more, accounts, ...(choices && { choices }) };
    },
    count: () => index.count(),
    close: () => {
      index.close();
    },
  };
}
