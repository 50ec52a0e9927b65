import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { auditFilter, exportFormats } from '../../../shared/api/audit.ts';
import { exportEvents } from '../../audit/export/export-events.ts';
import { productVersion } from '../configuration/product-version.ts';
import { Usage, type Command } from './command.ts';
import { openForReading } from './open-for-reading.ts';

/** Writes the log of a database into a file. What reads only leaves no event: who can run this can read the file anyway. */
export const auditExport: Command = {
  name: ['audit', 'export'],
  summary: 'Writes the audit log into a file: JSON Lines, which can be verified offline, or CEF.',
  options: [
    ['--data DIR', 'the data folder, RESET_DESK_DATA otherwise; RESET_DESK_DATABASE_URL names a PostgreSQL'],
    ['--out FILE', 'the file to be made; must not exist'],
    ['--format FORMAT', 'jsonl (as it is when not said) or cef'],
    ['--from TIME --to TIME', 'events of a time, ISO 8601 in UTC'],
    ['--account NAME', 'events about an account, by its user name or id'],
    ['--case NUMBER', 'events of a case'],
    ['--action ACTION', 'events of one kind, such as reset.done, or of a group, such as reset'],
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
    const { data, out: file, format: asked = 'jsonl', ...chosen } = values;
    if (file === undefined) throw new Usage('Name the file with --out.');
    const format = exportFormats.find((one) => one === asked);
    if (format === undefined) throw new Usage('The format is jsonl or cef.');
    const filter = auditFilter.safeParse(chosen);
    if (!filter.success) {
      throw new Usage(
        `Not understood: ${filter.error.issues.map(({ path }) => `--${path.join('.')}`).join(', ')}`,
      );
    }
    const { db, key } = await openForReading(data, variables);
    try {
      if (key === null) throw new Usage('There is no key file in the data folder to sign the export with.');
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
      out(`Written: ${file}`);
      return 0;
    } finally {
      await db.destroy();
    }
  },
};
