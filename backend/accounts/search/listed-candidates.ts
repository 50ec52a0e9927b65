import { accountWords } from '../../store/account-words.ts';
import { bareNumber } from '../../text/bare-number.ts';
import {
  keyFields,
  type AnyWord,
  type Candidates,
  type KeyField,
  type Wanted,
  type SearchedAccount,
} from './search-index.ts';

function valueOf(account: SearchedAccount, field: KeyField): string | null {
  if (field === 'email_domain') return account.email_key?.split('@')[1] ?? null;
  if (field !== 'bare_employee_number') return account[field];
  const bare = bareNumber(account.employee_number_key ?? '');
  return bare === (account.employee_number_key ?? '') ? null : bare;
}

/** The order of texts in both databases. */
const byBytes = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));

function withField(
  accounts: readonly SearchedAccount[],
  field: KeyField,
  matches: (value: string) => boolean,
  max: number,
): Candidates {
  const found = accounts.flatMap((account) => {
    const value = valueOf(account, field);
    return value !== null && matches(value) ? [{ account, value }] : [];
  });
  const sorted = found.toSorted((one, other) => byBytes(one.value, other.value));
  return { by: field, accounts: sorted.slice(0, max).map(({ account }) => account) };
}

const hasAny = (words: ReadonlySet<string>, any: AnyWord): boolean =>
  any.some(({ text, isWhole }) =>
    isWhole ? words.has(text) : [...words].some((word) => word.startsWith(text)),
  );

/**
 * The accounts of a list that match a query, as a search index finds them: with the same order within each field and for the names. `accounts` are in the
 * order of their creation.
 */
export function candidatesAmong(
  accounts: readonly SearchedAccount[],
  { starts, values, names, max }: Wanted,
): Candidates[] {
  const found: Candidates[] = [];
  for (const field of keyFields) {
    for (const start of starts[field] ?? [])
      found.push(withField(accounts, field, (value) => value.startsWith(start), max));
    if (field !== 'employee_number_key' && field !== 'phone_digits') continue;
    const whole = values[field];
    if (whole === undefined || whole.length === 0) continue;
    found.push(withField(accounts, field, (value) => whole.includes(value), max));
  }
  if (names.length === 0) return found;
  const worded = accounts.map((account) => ({
    account,
    words: new Set(accountWords(account).words.split(' ')),
  }));
  for (const all of names) {
    const hits = worded.filter(({ words }) => all.every((any) => hasAny(words, any)));
    found.push({ by: 'words', accounts: hits.slice(0, max).map(({ account }) => account) });
  }
  return found;
}
