import { auditExport } from './audit-export.ts';
import { auditKey } from './audit-key.ts';
import { auditVerify } from './audit-verify.ts';
import { evidenceVerify } from './evidence-verify.ts';
import { mailBounce } from './mail-bounce.ts';
import { usageOf, Usage, type Command, type Variables, type Words } from './command.ts';

const commands: readonly Command[] = [auditVerify, auditExport, auditKey, evidenceVerify, mailBounce];

/**
 * Runs the command that the arguments name. Answers what the process ends with: 0 all is well, 1 something is wrong with what was looked at,
 * 2 the command could not be run.
 */
export async function runCommand(
  args: readonly string[],
  variables: Variables,
  words: Words,
): Promise<number> {
  const asked = args.filter((word) => word === '--help' || word === '-h').length > 0;
  const command = commands.find(({ name }) => name.every((word, index) => args[index] === word));
  if (command === undefined) {
    const known = args.length === 0 || args[0] === 'help' || asked;
    (known ? words.out : words.err)(
      ['Without a command the backend serves. Commands:', ...commands.map(usageOf)].join('\n\n'),
    );
    return known ? 0 : 2;
  }
  if (asked) {
    words.out(usageOf(command));
    return 0;
  }
  try {
    return await command.run(args.slice(command.name.length), variables, words);
  } catch (thrown) {
    words.err(thrown instanceof Error ? thrown.message : 'The command ended for a reason that is not known.');
    if (thrown instanceof Usage || isArgumentFault(thrown)) words.err(`\n${usageOf(command)}`);
    return 2;
  }
}

const isArgumentFault = (thrown: unknown): boolean =>
  thrown instanceof Error && 'code' in thrown && String(thrown.code).startsWith('ERR_PARSE_ARGS');
