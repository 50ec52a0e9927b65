import { parseArgs } from 'node:util';
import { Usage, type Command } from './command.ts';
import { openForReading } from './open-for-reading.ts';

/** Shows the public key, to be kept where a verifier trusts it. */
export const auditKey: Command = {
  name: ['audit', 'key'],
  summary: 'Shows the public key that signs the audit log, its exports and evidence packs.',
  options: [['--data DIR', 'the data folder; RESET_DESK_DATA otherwise']],
  run: async (args, variables, { out }) => {
    const { values } = parseArgs({ args: [...args], strict: true, options: { data: { type: 'string' } } });
    const { db, key } = await openForReading(values.data, variables);
    await db.destroy();
    if (key === null) throw new Usage('There is no key file in the data folder.');
    out(`Key:        ${key.keyId}`);
    out(`Public key: ${key.publicKey}`);
    return 0;
  },
};
