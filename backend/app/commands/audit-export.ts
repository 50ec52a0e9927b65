import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { auditFilter, exportFormats } from '../../../shared/api/audit.ts';
import { exportEvents } from '../../audit/export/export-events.ts';
import { productVersion } from '../configuration/product-version.ts';
import { UsageError, type Command } from './command.ts';
import { openForReading } from './open-for-reading.ts';

/** Exports the audit log to a file. Leaves no event in the log: a user who can run this command can read the database anyway. */
export const auditExport: Command = {
  name: ['audit', 'export'],
  summary: 'Exports the audit log to a file: JSON Lines, which can be verified offline, or CEF.',
  options: [
    [
      '--data DIR',
      'the data folder; default RESET_DESK_DATA. RESET_DESK_DATABASE_URL names a PostgreSQL database',
    ],
    ['--out FILE', 'the file to create; it must not exist yet'],
    ['--format FORMAT', 'jsonl (default) or cef'],
    ['--from TIME --to TIME', 'only events of this period, ISO 8601 in UTC'],
    ['--account NAME', 'only events about this account, a user name or id'],
    ['--case NUMBER', 'only events of this case'],
    ['--action ACTION', 'only events of this kind, such as reset.done, or group, such as reset'],
  ],
  run: async (args, variables, { out }) => {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({
      args: [...args],
      strict: true,
      options: {
        data: text,
        out: text,
        format: text,
        from: text,
        to: text,
        account: text,
        case: text,
        action: text,
      },
    });
    const { data, out: file, format: formatOption = 'jsonl', ...filterOptions } = values;
    if (file === undefined) throw new UsageError('Name the file with --out.');
    const format = exportFormats.find((known) => known === formatOption);
    if (format === undefined) throw new UsageError('The format is jsonl or cef.');
    const filter = auditFilter.safeParse(filterOptions);
    if (!filter.success) {
      throw new UsageError(
        `Invalid: ${filter.error.issues.map(({ path }) => `--${path.join('.')}`).join(', ')}`,
      );
    }
    const { db, key } = await openForReading(data, variables);
    try {
      if (key === null)
        throw new UsageError('The data folder has no key file, so the export cannot be signed.');
      const { upTo } = await db
        .selectFrom('audit_events')
        .select((where) => where.fn.max('seq').as('upTo'))
        .executeTakeFirstOrThrow();
      const lines = exportEvents(db, {
        format,
        filter: filter.data,
        upTo: upTo ?? 0,
        key,
        version: productVersion,
        at: Date.now(),
      });
      await pipeline(Readable.from(lines), createWriteStream(file, { flags: 'wx', mode: 0o600 }));
      out(`Wrote ${file}`);
      return 0;
    } finally {
      await db.destroy();
    }
  },
};
