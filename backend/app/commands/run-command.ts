import { auditExport } from './audit-export.ts';
import { auditKey } from './audit-key.ts';
import { auditResume } from './audit-resume.ts';
import { auditVerify } from './audit-verify.ts';
import { evidenceVerify } from './evidence-verify.ts';
import { keyReplace } from './key-replace.ts';
import { backup } from './backup.ts';
import { doctor } from './doctor.ts';
import { restore } from './restore.ts';
import { mailBounce } from './mail-bounce.ts';
import { operatorClearScope, operatorDisable, operatorUnlock } from './operator-rescue.ts';
import { usageOf, UsageError, type Command, type Variables, type Output } from './command.ts';

/** All commands of `reset-desk-backend`. */
export const commands: readonly Command[] = [
  auditVerify,
  auditExport,
  auditKey,
  auditResume,
  evidenceVerify,
  keyReplace,
  mailBounce,
  operatorUnlock,
  operatorClearScope,
  operatorDisable,
  doctor,
  backup,
  restore,
];

/** Runs the command that the arguments name. Answers the exit code: 0 for success, 1 when a verification fails, 2 when the command cannot run. */
export async function runCommand(
  args: readonly string[],
  variables: Variables,
  output: Output,
): Promise<number> {
  const asksHelp = args.some((word) => word === '--help' || word === '-h');
  const command = commands.find(({ name }) => name.every((word, index) => args[index] === word));
  if (command === undefined) {
    const isHelp = args.length === 0 || args[0] === 'help' || asksHelp;
    (isHelp ? output.out : output.err)(
      ['Without a command, the backend starts its server. Commands:', ...commands.map(usageOf)].join('\n\n'),
    );
    return isHelp ? 0 : 2;
  }
  if (asksHelp) {
    output.out(usageOf(command));
    return 0;
  }
  try {
    return await command.run(args.slice(command.name.length), variables, output);
  } catch (thrown) {
    output.err(thrown instanceof Error ? thrown.message : 'The command failed for an unknown reason.');
    if (thrown instanceof UsageError || isArgumentError(thrown)) output.err(`\n${usageOf(command)}`);
    return 2;
  }
}

const isArgumentError = (thrown: unknown): boolean =>
  thrown instanceof Error && 'code' in thrown && String(thrown.code).startsWith('ERR_PARSE_ARGS');
