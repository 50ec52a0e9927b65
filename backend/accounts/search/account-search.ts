import type { AccountHit } from '../../../shared/api/account.ts';
import { everyAccount, type OperatorScope } from '../../../shared/api/operator.ts';
import type { AccountRow } from '../../directories/directory.ts';
import { readIdentifier } from '../../../shared/typed/identifier.ts';
import { identityKey } from '../../text/fold.ts';
import { numbersLike } from '../../text/identifier-steps.ts';
import { indexedWords, wordedAlike } from '../../text/name-words.ts';
import { canAccess } from '../../authorization/account-access.ts';
import { maskEmail } from '../../text/mask.ts';
import { statusesOf } from '../statuses.ts';
import { contactStarts, isWholeNumber, isWithinBounds } from './contact-bounds.ts';
import { markStart, marksOf } from './marks.ts';
import type { KeyField, SearchIndex } from './search-index.ts';
import { findSimilarNames } from './similar-names.ts';

export interface SearchAnswer {
  readonly hits: AccountHit[];
  readonly more: boolean;
  readonly accounts: number;
}

export interface AccountSearch {
  /**
   * `lockFor` in seconds: how long a lock after wrong passwords lasts. The answer shows that accounts outside the operator's scope exist, but none of
   * the data that a caller could be asked for.
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

interface Found {
  readonly account: AccountRow;
  readonly outOfScope: boolean;
  exact: AccountHit['exact'];
  readonly matchedBy: Set<'email' | 'phone'>;
  readonly similar: AccountHit['similar'];
}

type Viewer = { readonly scope: OperatorScope };

/** The maximum number of words. More cost time and do not narrow a search. */
const maxWords = 8;
const keyKinds = {
  user_name_key: 'user-name',
  email_key: 'email',
  employee_number_key: 'employee-number',
} as const;

/** Searches accounts while the operator types. */
export function createAccountSearch({
  index,
  now,
}: {
  index: SearchIndex;
  now: () => number;
}): AccountSearch {
  /** Keeps accounts out of scope only if a name matches: a match by contact data or employee number would confirm that data. */
  async function findAsTyped(text: string, max: number, operator: Viewer): Promise<Found[]> {
    const found = new Map<string, Found>();
    const typed = readIdentifier(text);
    const keys = new Set(
      [...typed.userNames, ...typed.employeeNumbers, typed.address ?? ''].map(identityKey),
    );
    const { phone } = typed;
    const contact = contactStarts(text);
    const candidates = await index.candidates({
      starts: {
        user_name_key: typed.userNames.map(identityKey),
        employee_number_key: typed.employeeNumbers.map(identityKey),
        ...contact.starts,
      },
      values: { ...contact.values, employee_number_key: typed.employeeNumbers.flatMap(numbersLike) },
      // Mail domains are not indexed as words, since most accounts share one.
      names: wordedAlike(typed.words, maxWords).map((words) =>
        words.map((word) => [{ text: word, isWhole: false }]),
      ),
      max,
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
      if (keys.has(hit.account[by] ?? '')) hit.exact ??= keyKinds[by];
      if (by === 'email_key') hit.matchedBy.add('email');
    };
    for (const { by, accounts } of candidates) {
      for (const account of accounts) {
        if (!isWithinBounds(by, account, phone)) continue;
        const outOfScope = !canAccess(operator, account);
        if (outOfScope && by !== 'words' && by !== 'user_name_key') continue;
        // The words of an address are searched as well, and must not look like a match of the address.
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
    return [...hits.filter(({ exact }) => exact), ...hits.filter(({ exact }) => !exact)];
  }

  /** Accounts with a name that resembles what was typed, the nearest first. */
  async function findSimilar(text: string, max: number, operator: Viewer): Promise<Found[]> {
    const inLatin = wordedAlike(readIdentifier(text).words, maxWords).find((words) =>
      words.every((word) => /^[a-z0-9]+$/.test(word)),
    );
    if (inLatin === undefined) return [];
    const { all, likeness } = await findSimilarNames(index, inLatin);
    if (all === null) return [];
    const [candidates] = await index.candidates({ starts: {}, values: {}, names: [all], max });
    return (candidates?.accounts ?? [])
      .map((account) => {
        const near = indexedWords(account.display_name, account.user_name)
          .words.split(' ')
          .flatMap((word) => likeness.get(word) ?? []);
        const mistakes = near.reduce((sum, one) => sum + one.mistakes, 0);
        const how = near.some((one) => one.how === 'sound') ? ('sound' as const) : ('spelling' as const);
        return { account, mistakes, how };
      })
      .toSorted((one, other) => one.mistakes - other.mistakes)
      .map(({ account, how }) => ({
        account,
        outOfScope: !canAccess(operator, account),
        exact: null,
        matchedBy: new Set<'email' | 'phone'>(),
        similar: how,
      }));
  }

  async function find(text: string, max: number, operator: Viewer): Promise<Found[]> {
    const exact = await findAsTyped(text, max, operator);
    if (exact.length >= max) return exact;
    if (readIdentifier(text).address !== null) return exact;
    const known = new Set(exact.map(({ account }) => account.id));
    const similar = await findSimilar(text, max, operator);
    return [...exact, ...similar.filter(({ account }) => !known.has(account.id))];
  }

  return {
    async search(text, limit, lockFor, operator = { scope: everyAccount }) {
      const typed = text.trim();
      if (typed === '') return { hits: [], more: false, accounts: await index.count() };
      const [accounts, found] = await Promise.all([index.count(), find(typed, limit + 1, operator)]);
      const { words: names, text: value } = readIdentifier(typed);
      const words = wordedAlike(names, maxWords).flat();
      const at = now();
      const hits = found
        .slice(0, limit)
        .map(({ account, outOfScope, exact, matchedBy, similar }): AccountHit => {
          const userNameStart = markStart(account.user_name, value);
          return {
            id: account.id,
            userName: account.user_name,
            displayName: account.display_name,
            department: account.department,
            employeeNumber: outOfScope ? null : account.employee_number,
            emailMasked: outOfScope ? null : maskEmail(account.email),
            tier: account.tier as AccountHit['tier'],
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
        });
      return { hits, more: found.length > limit, accounts };
    },
    count: () => index.count(),
    close: () => {
      index.close();
    },
  };
}
