import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { verifyPack } from '../../audit/evidence-pack/sign-pack.ts';
import { Usage, type Command } from './command.ts';

/** Checks an evidence pack with nothing but the file. */
export const evidenceVerify: Command = {
  name: ['evidence', 'verify'],
  summary:
    'Checks that an evidence pack (its JSON) is as it was signed. Needs neither a database nor a secret.',
  options: [
    ['--file FILE', 'the JSON that was saved, or that is attached to the PDF'],
    ['--public-key KEY', 'the key that must have signed it; the one in the file otherwise'],
  ],
  run: async (args, _variables, { out }) => {
    const { values } = parseArgs({
      args: [...args],
      strict: true,
      options: { file: { type: 'string' }, 'public-key': { type: 'string' } },
    });
    if (values.file === undefined) throw new Usage('Name the file with --file.');
    const verdict = verifyPack(await readFile(values.file, 'utf8'), values['public-key'] ?? null);
    if (verdict === null) throw new Usage('The file is no evidence pack.');
    const { told, keyId, fault } = verdict;
    if (fault !== null) {
      out(
        fault.kind === 'event'
          ? `BROKEN: Event ${fault.seq} was altered.`
          : 'BROKEN: Something in it was changed after it was signed, or another key signed it.',
      );
      return 1;
    }
    out(`Good: case ${told.case.number} about ${told.account.userName}, ${told.events.length} events.`);
    out(`Issued ${told.issuedAt} by ${told.issuedBy}, signed with key ${keyId}.`);
    if (values['public-key'] === undefined)
      out('Compare the key with the one that the console shows under Audit.');
    return 0;
  },
};
