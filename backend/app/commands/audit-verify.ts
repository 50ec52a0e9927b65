import { parseArgs } from 'node:util';
import { createKeptHead } from '../../audit/kept-head.ts';
import { countMissingEvents } from '../../audit/verify/missing-events.ts';
import { unguardedTables } from '../../store/append-only.ts';
import { keyIdOf } from '../../store/audit-key.ts';
import { databaseSource } from '../../audit/verify/database-source.ts';
import type { Position } from '../../audit/verify/verdict.ts';
import { verifyChain } from '../../audit/verify/verify-chain.ts';
import { verifyFile } from '../../audit/verify/verify-file.ts';
import { UsageError, type Command } from './command.ts';
import { openForReading } from './open-for-reading.ts';
import { describeDatabaseFaults, describeVerdict, type DatabaseFaults } from './verdict-texts.ts';

function positionOf(text: string | undefined): Position | null {
  if (text === undefined) return null;
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (seq === undefined || hash === undefined) throw new UsageError('Write the head as NUMBER:HASH.');
  return { seq: Number(seq), hash };
}

function publicKeyOf(text: string | undefined): string | null {
  if (text === undefined) return null;
  if (!/^[\w-]{43}$/.test(text)) throw new UsageError('Enter the public key as the console shows it.');
  return text;
}

/** Verifies the audit log in a database or in an exported file. */
export const auditVerify: Command = {
  name: ['audit', 'verify'],
  summary:
    'Verifies that no event of the audit log was altered, removed, inserted or reordered. Changes nothing.',
  options: [
    [
      '--data DIR',
      'the data folder; default RESET_DESK_DATA. RESET_DESK_DATABASE_URL names a PostgreSQL database',
    ],
    ['--file FILE', 'an exported file (JSON Lines) instead; needs neither database nor secret'],
    [
      '--head N:HASH',
      'an event recorded earlier, which the log must contain; reveals a missing or rewritten end',
    ],
    [
      '--public-key KEY',
      'the key that must have signed the log; default the key of the data folder or the file',
    ],
    ['--json', 'print the verdict as JSON'],
  ],
  run: async (args, variables, { out }) => {
    const { values } = parseArgs({
      args: [...args],
      strict: true,
      options: {
        data: { type: 'string' },
        file: { type: 'string' },
        head: { type: 'string' },
        'public-key': { type: 'string' },
        json: { type: 'boolean' },
      },
    });
    const head = positionOf(values.head);
    const publicKeyOption = publicKeyOf(values['public-key']);
    if (values.file !== undefined) {
      if (values.data !== undefined) throw new UsageError('Give either a data folder or a file.');
      const verdict = await verifyFile(values.file, { publicKey: publicKeyOption, head });
      if (values.json === true) out(JSON.stringify(verdict));
      else {
        for (const line of describeVerdict(verdict, verdict.keyId)) out(line);
        if (!verdict.whole)
          out(
            'The file contains only part of the log. It does not show whether there are other events between its events.',
          );
        if (publicKeyOption === null)
          out('Compare the key with the one that the console shows under Audit log.');
      }
      return verdict.fault === null ? 0 : 1;
    }
    const { folder, db, key } = await openForReading(values.data, variables);
    try {
      const publicKey = publicKeyOption ?? key?.publicKey ?? null;
      const kept = key === null ? null : createKeptHead(folder, key.publicKey).read();
      const heads = [head, kept].filter((known) => known !== null);
      const verdict = await verifyChain(databaseSource(db), { publicKey, heads });
      const database: DatabaseFaults = {
        unguarded: await unguardedTables(db),
        missing: await countMissingEvents(db),
      };
      if (values.json === true) out(JSON.stringify({ ...verdict, ...database }));
      else {
        for (const line of describeVerdict(verdict, publicKey === null ? null : keyIdOf(publicKey)))
          out(line);
        for (const line of describeDatabaseFaults(database)) out(line);
      }
      return verdict.fault === null && describeDatabaseFaults(database).length === 0 ? 0 : 1;
    } finally {
      await db.destroy();
    }
  },
};
