import { parseArgs } from 'node:util';
import { createKeptHead } from '../../audit/kept-head.ts';
import { appendEvent, readHead, systemOrigin } from '../../store/append-event.ts';
import { createAuditKey } from '../../store/audit-key.ts';
import { signCheckpoint } from '../../store/checkpoint.ts';
import { readKnownEnd } from '../configuration/audit-log-at-start.ts';
import { openSecretKey } from '../configuration/secret-key.ts';
import type { Command } from './command.ts';
import { openForWriting } from './open-for-writing.ts';

/** Goes on with a log whose last events are missing, on purpose: an older copy of the database was put in place. */
export const auditResume: Command = {
  name: ['audit', 'resume'],
  summary:
    'Continues with a database whose last events are missing, after an older copy was deliberately put in place. Records which events are missing, and never reuses their numbers. The backend must be stopped.',
  options: [['--data DIR', 'the data folder; default RESET_DESK_DATA']],
  run: async (args, variables, output) => {
    const { values } = parseArgs({ args: [...args], strict: true, options: { data: { type: 'string' } } });
    const { folder, db, writer, close } = await openForWriting(values.data, variables, output);
    try {
      const key = createAuditKey(await openSecretKey(folder, { db, writer }, Date.now));
      const kept = createKeptHead(folder, key.publicKey);
      const known = await readKnownEnd(db, kept);
      const last = await readHead(db);
      if (known === null || known.seq <= last.seq) {
        output.out(`Nothing is missing: the log ends at event ${last.seq}.`);
        return 0;
      }
      const lost = { lostFrom: last.seq + 1, lostTo: known.seq };
      const at = Date.now();
      const head = await writer.transaction().execute(async (tx) => {
        const facts = { ...lost, ...(known.hash !== null && { lostHash: known.hash }) };
        const after = { seq: known.seq, hash: last.hash };
        const event = { action: 'audit.resumed', outcome: 'failed', facts } as const;
        // The caller signs the event itself, regardless of its number.
        const appended = await appendEvent(tx, systemOrigin, event, at, null, after);
        const signed = signCheckpoint(key, { ...appended, at });
        await tx.insertInto('audit_checkpoints').values(signed).execute();
        return signed;
      });
      kept.write(head);
      output.out(
        `Events ${lost.lostFrom} to ${lost.lostTo} are missing. The log continues at event ${head.seq}.`,
      );
      return 0;
    } finally {
      await close();
    }
  },
};
