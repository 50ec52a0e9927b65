import type { CheckKind } from '../../../shared/api/check.ts';
import { nameOf } from '../export/cef.ts';

const checkNames: Readonly<Record<CheckKind, string>> = {
  'emailed-code': 'Emailed code',
  'texted-code': 'Texted code',
  'authenticator-code': 'Authenticator code',
  'recovery-code': 'Recovery code',
  'call-back': 'Call-back',
  'managers-word': 'Manager’s word',
  'in-person': 'In person',
  'security-questions': 'Security questions',
};

const known: Readonly<Record<string, string>> = {
  ...checkNames,
  'temporary-password': 'Temporary password',
  'reset-link': 'Reset link',
  'reset.secret-shown': 'Temporary password shown',
  'reset.secret-copied': 'Temporary password copied',
  'reset.secret-spelled': 'Temporary password spelled',
  'case.phrase-sent': 'Three words sent to prove the operator',
};

/** An action, a kind or a state as words. */
export const wordsOf = (code: string): string => known[code] ?? nameOf(code);

/** An instant in UTC, to the second. */
export const stamp = (iso: string | null): string =>
  iso === null ? '–' : `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;

/** The facts of an event in one line; ids are left out, since they say nothing to a reader. */
export function factWords(facts: Readonly<Record<string, unknown>>): string {
  const isId = (value: unknown) => typeof value === 'string' && /^[0-9a-f]{8}-[0-9a-f]{4}-/.test(value);
  return Object.entries(facts)
    .filter(([, value]) => value !== null && value !== '' && !isId(value))
    .map(([name, value]) => {
      const label = name.replaceAll(/([A-Z])/g, ' $1').toLowerCase();
      return `${label}: ${typeof value === 'string' ? (known[value] ?? value) : JSON.stringify(value)}`;
    })
    .join(' · ');
}
