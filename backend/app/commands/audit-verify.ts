import { parseArgs } from 'node:util';
import { keyIdOf } from '../../store/audit-key.ts';
import { databaseSource } from '../../audit/verify/database-source.ts';
import type { Position } from '../../audit/verify/verdict.ts';
import { verifyChain } from '../../audit/verify/verify-chain.ts';
import { verifyFile } from '../../audit/verify/verify-file.ts';
import { Usage, type Command } from './command.ts';
import { openForReading } from './open-for-reading.ts';
import { verdictWords } from './verdict-texts.ts';

function positionOf(text: string | undefined): Position | null {
  if (text === undefined) return null;
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (seq === undefined || hash === undefined) throw new Usage('Write the head as number:hash.');
  return { seq: Number(seq), hash };
}

function publicKeyOf(text: string | undefined): string | null {
  if (text === undefined) return null;
  if (!/^[\w-]{43}$/.test(text)) throw new Usage('Write the public key as the console shows it.');
  return text;
}

/** Checks the log of a database, or a file that was exported from one. */
export const auditVerify: Command = {
  name: ['audit', 'verify'],
  summary: 'Checks that no event of the audit log was altered, removed, inserted or reordered. Reads only.',
  options: [
    ['--data DIR', 'the data folder, RESET_DESK_DATA otherwise; RESET_DESK_DATABASE_URL names a PostgreSQL'],
    ['--file FILE', 'an exported file (JSON Lines) instead; needs neither a database nor a secret'],
    ['--head N:HASH', 'an event that must be in it, known from elsewhere: finds a cut or rewritten end'],
    [
      '--public-key KEY',
      'the key that must have signed it; the one of the data folder or the file otherwise',
    ],
    ['--json', 'the verdict as JSON'],
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
    const given = publicKeyOf(values['public-key']);
    if (values.file !== undefined) {
      if (values.data !== undefined) throw new Usage('Name a data folder or a file, not both.');
      const verdict = await verifyFile(values.file, { publicKey: given, head });
      if (values.json === true) out(JSON.stringify(verdict));
      else {
        for (const line of verdictWords(verdict, verdict.keyId)) out(line);
        if (!verdict.whole) out('The file is a part of the log: what lies between its events is not in it.');
        if (given === null) out('Compare the key with the one that the console shows under Audit.');
      }
      return verdict.fault === null ? 0 : 1;
    }
    const { db, key } = await openForReading(values.data, variables);
    try {
      const publicKey = given ?? key?.publicKey ?? null;
      const verdict = await verifyChain(databaseSource(db), { publicKey, head });
      if (values.json === true) out(JSON.stringify(verdict));
      else
        for (const line of verdictWords(verdict, publicKey === null ? null : keyIdOf(publicKey))) out(line);
      return verdict.fault === null ? 0 : 1;
    } finally {
      await db.destroy();
    }
  },
};
