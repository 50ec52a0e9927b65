import type { AccountHit } from '../../../shared/api/account.ts';
import type { OperatorScope } from '../../../shared/api/operator.ts';
import { readIdentifier } from '../../../shared/typed/identifier.ts';
import { canAccess } from '../../authorization/account-access.ts';
import { bareNumber, bareNumbers, numbersLike } from '../../text/bare-number.ts';
import { identityKey } from '../../text/fold.ts';
import { indexedWords, wordedAlike } from '../../text/name-words.ts';
import { contactStarts, isWholeNumber, isWithinBounds } from './contact-bounds.ts';
import type { Candidates, KeyField, SearchFilter, SearchIndex, SearchedAccount } from './search-index.ts';
import { findSimilarNames } from './similar-names.ts';

export interface Found {
  readonly account: SearchedAccount;
  readonly outOfScope: boolean;
  exact: AccountHit['exact'];
  readonly matchedBy: Set<'email' | 'phone'>;
  readonly similar: AccountHit['similar'];
}

export type Viewer = { readonly scope: OperatorScope };

/** The found accounts; `isCut` if a filter was applied to the first matches only and more match. */
export interface FoundAccounts {
  readonly accounts: Found[];
  readonly isCut: boolean;
}

/** What is searched for. */
export interface Asked {
  readonly text: string;
  readonly max: number;
  readonly operator: Viewer;
  /** Null for all accounts. */
  readonly filter: SearchFilter | null;
}

/** The maximum number of words. Further ones cost time and do not narrow a search. */
export const maxWords = 8;
const keyKinds = {
  user_name_key: 'user-name',
  email_key: 'email',
  employee_number_key: 'employee-number',
} as const;

/** Whether accounts may be missing. The words of names include those of user names, so that user names need not be complete beside them. */
function isAnyCut(candidates: readonly Candidates[]): boolean {
  const words = candidates.filter(({ by }) => by === 'words');
  const hasAllNames = words.length > 0 && words.every(({ isCut }) => isCut !== true);
  return candidates.some(({ by, isCut }) => isCut === true && !(by === 'user_name_key' && hasAllNames));
}

/**
 * Finds accounts that begin with the typed text, exact matches first. An account out of scope is found only by a name: a match by contact data or
 * employee number would confirm that data.
 */
export async function findAsTyped(
  index: SearchIndex,
  { text, max, operator, filter }: Asked,
): Promise<FoundAccounts> {
  const found = new Map<string, Found>();
  const typed = readIdentifier(text);
  const keys = new Set([...typed.userNames, ...typed.employeeNumbers, typed.address ?? ''].map(identityKey));
  const { phone } = typed;
  const contact = contactStarts(text);
  const numbers = typed.employeeNumbers.map(identityKey);
  const bare = bareNumbers(numbers);
  const candidates = await index.candidates({
    starts: {
      user_name_key: typed.userNames.map(identityKey),
      employee_number_key: [...new Set([...numbers, ...bare])],
      bare_employee_number: bare,
      ...contact.starts,
    },
    values: { ...contact.values, employee_number_key: typed.employeeNumbers.flatMap(numbersLike) },
    // Mail domains are not indexed as words, since most accounts share one.
    names: wordedAlike(typed.words, maxWords).map((words) =>
      words.map((word) => [{ text: word, isWhole: false }]),
    ),
    max,
    filter,
  });
  const see = (hit: Found, by: KeyField | 'words') => {
    if (by === 'words' || hit.outOfScope) return;
    if (by === 'phone_digits' || by === 'phone_reversed') {
      if (phone !== null && isWholeNumber(hit.account.phone_digits, phone)) hit.exact ??= 'phone';
      hit.matchedBy.add('phone');
      return;
    }
    if (by === 'email_domain') {
      hit.matchedBy.add('email');
      return;
    }
    if (by === 'bare_employee_number' || by === 'employee_number_key') {
      if (bare.includes(bareNumber(hit.account.employee_number_key ?? ''))) hit.exact ??= 'employee-number';
    }
    if (by === 'bare_employee_number') return;
    if (keys.has(hit.account[by] ?? '')) hit.exact ??= keyKinds[by];
    if (by === 'email_key') hit.matchedBy.add('email');
  };
  for (const { by, accounts } of candidates) {
    for (const account of accounts) {
      if (!isWithinBounds(by, account, phone)) continue;
      const outOfScope = !canAccess(operator, account);
      if (outOfScope && by !== 'words' && by !== 'user_name_key') continue;
      // The search also covers the words of an address, which must not look like a match of the address.
      if (outOfScope && by === 'words' && typed.address !== null) continue;
      const exact = outOfScope && keys.has(account.user_name_key) ? 'user-name' : null;
      const hit = found.get(account.id) ?? {
        account,
        outOfScope,
        exact,
        matchedBy: new Set(),
        similar: null,
      };
      see(hit, by);
      found.set(account.id, hit);
    }
  }
  const hits = [...found.values()];
  return {
    accounts: [...hits.filter(({ exact }) => exact), ...hits.filter(({ exact }) => !exact)],
    isCut: isAnyCut(candidates),
  };
}

/** Accounts whose names were typed as one word, then those with a name that resembles what was typed, the nearest first. */
export async function findSimilar(
  index: SearchIndex,
  { text, max, operator, filter }: Asked,
): Promise<FoundAccounts> {
  const inLatin = wordedAlike(readIdentifier(text).words, maxWords).find((words) =>
    words.every((word) => /^[a-z0-9]+$/.test(word)),
  );
  if (inLatin === undefined) return { accounts: [], isCut: false };
  const { lists, divided, likeness } = await findSimilarNames(index, inLatin);
  if (lists.length + divided.length === 0) return { accounts: [], isCut: false };
  const names = [...divided, ...lists];
  const candidates = await index.candidates({ starts: {}, values: {}, names, max, filter });
  const accountsOf = (some: readonly Candidates[]) =>
    new Map(some.flatMap(({ accounts }) => accounts.map((account) => [account.id, account])));
  const exactly = accountsOf(candidates.slice(0, divided.length));
  const seen = (account: SearchedAccount, similar: Found['similar']): Found => ({
    account,
    outOfScope: !canAccess(operator, account),
    exact: null,
    matchedBy: new Set(),
    similar,
  });
  const resembling = [...accountsOf(candidates.slice(divided.length)).values()]
    .filter(({ id }) => !exactly.has(id))
    .map((account) => {
      const near = indexedWords(account.display_name, account.user_name)
        .words.split(' ')
        .flatMap((word) => likeness.get(word) ?? []);
      const mistakes = near.reduce((sum, one) => sum + one.mistakes, 0);
      const how = near.some((one) => one.how === 'sound') ? ('sound' as const) : ('spelling' as const);
      return { account, mistakes, how };
    })
    .toSorted((one, other) => one.mistakes - other.mistakes)
    .map(({ account, how }) => seen(account, how));
  const accounts = [...[...exactly.values()].map((account) => seen(account, null)), ...resembling];
  return { accounts, isCut: candidates.some(({ isCut }) => isCut === true) };
}
