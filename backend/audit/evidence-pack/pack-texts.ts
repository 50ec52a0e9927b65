import type { CheckKind } from '../../../shared/api/check.ts';
import { auditActionText } from '../../../shared/texts/en/audit-actions.ts';
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
  spoken: 'read out',
  sealed: 'sealed, shown to the user alone',
  split: 'one half read out, one half sent',
  'dies-now': 'ended at once',
  'works-until-used': 'valid until the temporary one is used',
  'kept-in-outbox': 'kept in the outbox',
};

/** Names for facts whose names in the log are unclear to readers outside of the desk. */
const factNames: Readonly<Record<string, string>> = {
  deliveryMode: 'handed over as',
  oldPassword: 'old password',
  validUntil: 'valid until',
  sentTo: 'sent to',
  secretBits: 'strength in bits',
  sessionsEnded: 'sessions ended',
  policyVersion: 'policy version',
};

/** Converts the code of an action, kind or state to words. */
export const wordsOf = (code: string): string => known[code] ?? auditActionText(code) ?? nameOf(code);

/** Writes instants in a time zone, to the second, such as `2026-11-29 17:05:09`. */
export function stampIn(zone: string): (iso: string | null) => string {
  // The Swedish format of dates is that of ISO 8601.
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return (iso) => (iso === null ? '–' : format.format(new Date(iso)));
}

/** The name of a zone with its offset from UTC at an instant, such as `Europe/Berlin, UTC+1`. */
export function zoneWords(zone: string, at: string): string {
  if (zone === 'UTC') return 'UTC';
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' }).formatToParts(
    new Date(at),
  );
  const offset = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return `${zone}, ${offset.replace('GMT', 'UTC')}`;
}

const isId = (value: unknown): boolean =>
  typeof value === 'string' && /^[0-9a-f]{8}-[0-9a-f]{4}-/.test(value);
const isShown = (value: unknown): boolean =>
  value !== null && value !== '' && value !== false && !isId(value);
const labelOf = (name: string): string => factNames[name] ?? name.replaceAll(/([A-Z])/g, ' $1').toLowerCase();
const textOf = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return 'none';
  if (value === true) return 'yes';
  if (value === false) return 'no';
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
