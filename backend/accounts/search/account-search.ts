import type { AccountHit } from '../../../shared/api/account.ts';
import { everyAccount, type OperatorScope } from '../../../shared/api/operator.ts';
import type { AccountRow } from '../../directories/directory.ts';
import { foldedWords, identityKey, indexWord } from '../../text/fold.ts';
import { canAccess } from '../../authorization/account-access.ts';
import { maskEmail } from '../../text/mask.ts';
import { statusesOf } from '../statuses.ts';
import { contactStarts, isWithinBounds, phoneAsTyped } from './contact-bounds.ts';
import { markStart, marksOf } from './marks.ts';
import type { KeyField, SearchIndex } from './search-index.ts';

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
}

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
  async function find(
    text: string,
    max: number,
    operator: { readonly scope: OperatorScope },
  ): Promise<Found[]> {
    const found = new Map<string, Found>();
    const key = identityKey(text);
    const digits = phoneAsTyped(text);
    const words = [...new Set(foldedWords(text).map(({ word }) => indexWord(word)))].slice(0, maxWords);
    const candidates = await index.candidates({
      starts: {
        user_name_key: key,
        employee_number_key: key,
        ...contactStarts(key, digits),
      },
      // Mail domains are not indexed as words, since most accounts share one.
      words: text.includes('@') ? [] : words,
      max,
    });
    const see = (hit: Found, by: KeyField | 'words') => {
      if (by === 'words' || hit.outOfScope) return;
      if (by === 'phone_digits' || by === 'phone_reversed') {
        if (hit.account.phone_digits === digits) hit.exact ??= 'phone';
        hit.matchedBy.add('phone');
        return;
      }
      if (hit.account[by] === key) hit.exact ??= keyKinds[by];
      if (by === 'email_key') hit.matchedBy.add('email');
    };
    for (const { by, accounts } of candidates) {
      for (const account of accounts) {
        if (!isWithinBounds(by, account, digits)) continue;
        const outOfScope = !canAccess(operator, account);
        if (outOfScope && by !== 'words' && by !== 'user_name_key') continue;
        const exact = outOfScope && account.user_name_key === key ? 'user-name' : null;
        const hit = found.get(account.id) ?? { account, outOfScope, exact, matchedBy: new Set() };
        see(hit, by);
        found.set(account.id, hit);
      }
    }
    const hits = [...found.values()];
    return [...hits.filter(({ exact }) => exact), ...hits.filter(({ exact }) => !exact)];
  }

  return {
    async search(text, limit, lockFor, operator = { scope: everyAccount }) {
      const typed = text.trim();
      if (typed === '') return { hits: [], more: false, accounts: await index.count() };
      const [accounts, found] = await Promise.all([index.count(), find(typed, limit + 1, operator)]);
      const words = foldedWords(typed).map(({ word }) => word);
      const at = now();
      const hits = found.slice(0, limit).map(({ account, outOfScope, exact, matchedBy }): AccountHit => {
        const userNameStart = markStart(account.user_name, typed);
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
            employeeNumber: outOfScope ? [] : markStart(account.employee_number, typed),
          },
          exact,
          matchedBy: [...matchedBy],
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
