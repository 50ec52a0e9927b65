import { isIPv4 } from 'node:net';
import type { AuditEventsTable } from '../../store/tables.ts';

/** Escapes a header field: backslash and bar; line breaks become spaces. */
const header = (text: string): string =>
  text.replaceAll(/[\r\n]+/g, ' ').replaceAll(/[\\|]/g, String.raw`\$&`);

/** Escapes a value of the extension: backslash, equals sign and line breaks. */
const value = (text: string): string =>
  text
    .replaceAll(/[\\=]/g, String.raw`\$&`)
    .replaceAll('\r', String.raw`\r`)
    .replaceAll('\n', String.raw`\n`);

const alarming = /suspicious|flag|alert|frozen|session-reused/;

/** CEF's severity, 0 to 10. */
export function severityOf({ action, outcome }: Pick<AuditEventsTable, 'action' | 'outcome'>): number {
  if (alarming.test(action)) return 9;
  if (outcome === 'failed') return 6;
  return outcome === 'refused' ? 5 : 3;
}

/** The action in words, for a reader without the console. */
export const nameOf = (action: string): string => {
  const words = action.replaceAll(/[.-]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** An event in ArcSight's Common Event Format, version 0, without a line break. */
export function cefLine(event: AuditEventsTable, version: string): string {
  const address = event.client_address?.replace(/^::ffff:/, '') ?? null;
  const fields: [string, string | number | null][] = [
    ['rt', event.at],
    ['externalId', event.seq],
    ['cat', event.action],
    ['outcome', event.outcome],
    ['suser', event.actor_name],
    ['suid', event.actor_id],
    ['sourceUserPrivileges', event.actor_kind],
    ['duid', event.account_id],
    ...(address === null ? [] : addressFields(address)),
    ['requestClientApplication', event.client],
    ...custom('cs1', 'case', event.case_id),
    ...custom('cs2', 'facts', event.facts === '{}' ? null : event.facts),
    ...custom('cs3', 'previousHash', event.previous_hash),
    ...custom('cs4', 'hash', event.hash),
    ...custom('cn1', 'policyVersion', event.policy_version),
  ];
  const extension = fields
    .filter(([, text]) => text !== null && text !== '')
    .map(([name, text]) => `${name}=${value(String(text))}`)
    .join(' ');
  const head = ['Reset Desk', 'Reset Desk', version, event.action, nameOf(event.action), severityOf(event)];
  return `CEF:0|${head.map((part) => header(String(part))).join('|')}|${extension}`;
}

const custom = (
  field: string,
  label: string,
  text: string | number | null,
): [string, string | number | null][] =>
  text === null
    ? []
    : [
        [field, text],
        [`${field}Label`, label],
      ];

const addressFields = (address: string): [string, string][] =>
  isIPv4(address)
    ? [['src', address]]
    : [
        ['c6a2', address],
        ['c6a2Label', 'Source IPv6 Address'],
      ];
