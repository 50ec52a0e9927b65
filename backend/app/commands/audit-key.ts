import { parseArgs } from 'node:util';
import { UsageError, type Command } from './command.ts';
import { openForReading } from './open-for-reading.ts';

/** Prints the public key, for verifiers to keep. */
export const auditKey: Command = {
  name: ['audit', 'key'],
  summary: 'Prints the public key that verifies the audit log, its exports and evidence packs.',
  options: [['--data DIR', 'the data folder; default RESET_DESK_DATA']],
  run: async (args, variables, { out }) => {
    const { values } = parseArgs({ args: [...args], strict: true, options: { data: { type: 'string' } } });
    const { db, key } = await openForReading(values.data, variables);
    await db.destroy();
    if (key === null) throw new UsageError('The data folder has no key file.');
    out(`Key:        ${key.keyId}`);
    out(`Public key: ${key.publicKey}`);
    return 0;
  },
};
