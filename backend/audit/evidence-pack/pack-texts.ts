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

/** An action, a kind or a state in words. */
export const wordsOf = (code: string): string => known[code] ?? nameOf(code);

/** An instant in UTC, to the second. */
export const stamp = (iso: string | null): string =>
  iso === null ? '–' : `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;

const isId = (value: unknown): boolean =>
  typeof value === 'string' && /^[0-9a-f]{8}-[0-9a-f]{4}-/.test(value);
const isShown = (value: unknown): boolean => value !== null && value !== '' && !isId(value);
const labelOf = (name: string): string => name.replaceAll(/([A-Z])/g, ' $1').toLowerCase();
const textOf = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return 'none';
  return typeof value === 'string' ? (known[value] ?? value) : JSON.stringify(value);
};

/**
 * The facts of an event in one line; ids are left out, since they say nothing to a reader. A value before and after a change is one entry, such as
 * "tier: from privileged to standard".
 */
export function factWords(facts: Readonly<Record<string, unknown>>): string {
  const partner = (name: string, ending: string, other: string): string | null => {
    const found = name.endsWith(ending) ? `${name.slice(0, -ending.length)}${other}` : null;
    return found !== null && found in facts ? found : null;
  };
  return Object.entries(facts)
    .flatMap(([name, value]) => {
      if (partner(name, 'To', 'From') !== null) return [];
      const after = partner(name, 'From', 'To');
      if (after === null) return isShown(value) ? [`${labelOf(name)}: ${textOf(value)}`] : [];
      if (isId(value) || isId(facts[after])) return [];
      return [`${labelOf(name.slice(0, -'From'.length))}: from ${textOf(value)} to ${textOf(facts[after])}`];
    })
    .join(' · ');
}
