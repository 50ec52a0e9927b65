import { hostname } from 'node:os';
import type { exportFormats } from '../../../shared/api/audit.ts';
import type { Checkpoint } from '../../store/checkpoint.ts';
import type { AuditEventsTable } from '../../store/tables.ts';
import { cefLine, severityOf } from '../export/cef.ts';
import { checkpointLine, eventLine } from '../export/json-lines.ts';

/** RFC 5424, table 1: log audit. */
const facility = 13;

/** RFC 5424, table 2: critical, warning, notice. */
function syslogSeverity(event: AuditEventsTable): number {
  const severity = severityOf(event);
  if (severity >= 8) return 2;
  return severity >= 5 ? 4 : 5;
}

const printable = (text: string, max: number): string =>
  text.replaceAll(/[^\x21-\x7e]/g, '').slice(0, max) || '-';

/** Values of structured data: quote, backslash and closing bracket are escaped (section 6.3.3). */
const value = (text: string | number): string => String(text).replaceAll(/["\\\]]/g, String.raw`\$&`);

const header = (
  severity: number,
  at: number,
  id: string,
  parameters: Readonly<Record<string, string | number>>,
): string =>
  [
    `<${facility * 8 + severity}>1`,
    new Date(at).toISOString(),
    printable(hostname(), 255),
    'reset-desk',
    '-',
    printable(id, 32),
    `[audit@32473 ${Object.entries(parameters)
      .map(([name, parameter]) => `${name}="${value(parameter)}"`)
      .join(' ')}]`,
  ].join(' ');

/** A signature over the log up to an event as an RFC 5424 message, whose text is the line of an export. */
export const checkpointMessage = (checkpoint: Checkpoint): string =>
  `${header(5, checkpoint.at, 'audit.checkpoint', {
    signed: checkpoint.seq,
    hash: checkpoint.hash,
    key: checkpoint.key_id,
  })} \uFEFF${JSON.stringify(checkpointLine(checkpoint))}`;

/** An event as an RFC 5424 message. The enterprise number in the structured data's name is the one reserved for examples (RFC 5612). */
export function syslogMessage(
  event: AuditEventsTable,
  format: (typeof exportFormats)[number],
  version: string,
): string {
  const head = header(syslogSeverity(event), event.at, event.action, {
    seq: event.seq,
    hash: event.hash,
    outcome: event.outcome,
  });
  const text = format === 'cef' ? cefLine(event, version) : JSON.stringify(eventLine(event));
  return `${head} \uFEFF${text}`;
}

/** The message, preceded by its length in bytes (RFC 5425, section 4.3). */
export const counted = (message: string): Buffer => {
  const bytes = Buffer.from(message);
  return Buffer.concat([Buffer.from(`${bytes.length} `), bytes]);
};
