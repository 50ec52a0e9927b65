import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { AuditFilter, exportFormats } from '../../../shared/api/audit.ts';
import type { OperatorScope } from '../../../shared/api/operator.ts';
import type { Tables } from '../../store/tables.ts';
import type { AuditKey } from '../../store/audit-key.ts';
import { readEvents, resolveFilter, selectsAll } from '../select-events.ts';
import { cefLine } from './cef.ts';
import { checkpointLine, endText, eventLine, exportFormat, type ExportLine } from './json-lines.ts';

export interface ExportOptions {
  readonly format: (typeof exportFormats)[number];
  readonly filter: AuditFilter;
  /** Only events about accounts in this scope; defaults to all events. */
  readonly scope?: OperatorScope;
  /** The last event to be exported. */
  readonly upTo: number;
  readonly key: AuditKey;
  readonly version: string;
  readonly at: number;
}

/** The lines of an exported file, each with its line break. */
export async function* exportEvents(db: Kysely<Tables>, options: ExportOptions): AsyncGenerator<string> {
  const selection = await resolveFilter(db, options.filter, options.scope);
  if (options.format === 'cef') {
    for await (const event of readEvents(db, selection, 0, options.upTo)) {
      yield `${cefLine(event, options.version)}\n`;
    }
    return;
  }
  const { key, version, at, upTo } = options;
  const whole = selectsAll(selection);
  const digest = createHash('sha256');
  const line = (content: ExportLine): string => {
    const text = `${JSON.stringify(content)}\n`;
    digest.update(text);
    return text;
  };
  yield line({
    type: 'header',
    format: exportFormat,
    product: `Reset Desk ${version}`,
    exportedAt: new Date(at).toISOString(),
    filter: whole ? null : options.filter,
    keyId: key.keyId,
    publicKey: key.publicKey,
  });
  const checkpoints = whole
    ? await db.selectFrom('audit_checkpoints').selectAll().where('seq', '<=', upTo).orderBy('seq').execute()
    : [];
  let next = 0;
  let events = 0;
  for await (const event of readEvents(db, selection, 0, upTo)) {
    yield line(eventLine(event));
    events += 1;
    for (let point = checkpoints[next]; point && point.seq <= event.seq; point = checkpoints[next]) {
      yield line(checkpointLine(point));
      next += 1;
    }
  }
  const sum = digest.digest('hex');
  yield `${JSON.stringify({ type: 'end', events, digest: sum, signature: key.sign(endText(sum)) } satisfies ExportLine)}\n`;
}
