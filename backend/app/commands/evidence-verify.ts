import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { verifyPack } from '../../audit/evidence-pack/sign-pack.ts';
import { UsageError, type Command } from './command.ts';

/** Verifies an evidence pack from its file alone. */
export const evidenceVerify: Command = {
  name: ['evidence', 'verify'],
  summary:
    'Verifies that the JSON of an evidence pack was not changed after it was signed. Needs neither database nor secret.',
  options: [
    ['--file FILE', 'the saved JSON file, or the one attached to the PDF'],
    ['--public-key KEY', 'the key that must have signed the pack; default the key in the file'],
  ],
  run: async (args, _variables, { out }) => {
    const { values } = parseArgs({
      args: [...args],
      strict: true,
      options: { file: { type: 'string' }, 'public-key': { type: 'string' } },
    });
    if (values.file === undefined) throw new UsageError('Name the file with --file.');
    const verdict = verifyPack(await readFile(values.file, 'utf8'), values['public-key'] ?? null);
    if (verdict === null) throw new UsageError('The file is not an evidence pack.');
    const { report, keyId, fault } = verdict;
    if (fault !== null) {
      out(
        fault.kind === 'event'
          ? `BROKEN: Event ${fault.seq} was altered.`
          : 'BROKEN: It was changed after it was signed, or another key signed it.',
      );
      return 1;
    }
    out(
      `Unbroken: case ${report.case.number} about ${report.account.userName}, ${report.events.length} events.`,
    );
    out(`Issued ${report.issuedAt} by ${report.issuedBy}, signed with key ${keyId}.`);
    if (values['public-key'] === undefined)
      out('Compare the key with the one that the console shows under Audit log.');
    return 0;
  },
};
