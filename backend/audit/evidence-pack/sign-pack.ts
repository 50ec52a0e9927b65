import { z } from 'zod';
import { eventHash } from '../../store/append-event.ts';
import { keyIdOf, isSignedBy, type AuditKey } from '../../store/audit-key.ts';
import { eventOf } from '../export/json-lines.ts';
import { caseReport, type CaseReport } from './case-report.ts';

/** The JSON file of an evidence pack. */
export const signedPack = z.object({ story: caseReport, signature: z.string() });

/** JSON with sorted object keys, so that the same report always gives the same text. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, part]) => `${JSON.stringify(name)}:${canonical(part)}`).join(',')}}`;
}

const textOf = (report: CaseReport): string => `reset-desk evidence 1\n${canonical(report)}`;

/** The signed pack as a JSON file. */
export const signPack = (report: CaseReport, key: AuditKey): string =>
  `${JSON.stringify({ story: report, signature: key.sign(textOf(report)) }, null, 2)}\n`;

export interface PackVerdict {
  readonly report: CaseReport;
  readonly keyId: string;
  /** `signature`: the pack was changed or signed by another key. `event`: an event does not match its hash. */
  readonly fault: { readonly kind: 'signature' } | { readonly kind: 'event'; readonly seq: number } | null;
}

/** Verifies a pack against its own key, or against one that the reader knows. Null if the text is no evidence pack. */
export function verifyPack(text: string, publicKey: string | null = null): PackVerdict | null {
  let parsed: z.infer<typeof signedPack> | undefined;
  try {
    parsed = signedPack.safeParse(JSON.parse(text)).data;
  } catch {
    return null;
  }
  if (parsed === undefined) return null;
  const { story: report, signature } = parsed;
  const key = publicKey ?? report.publicKey;
  const keyId = keyIdOf(key);
  const changed = report.events.find((line) => eventHash(eventOf(line)) !== line.hash);
  if (changed) return { report, keyId, fault: { kind: 'event', seq: changed.seq } };
  return { report, keyId, fault: isSignedBy(key, textOf(report), signature) ? null : { kind: 'signature' } };
}
