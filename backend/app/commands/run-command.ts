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
import { startFaultOf } from '../configuration/start-fault.ts';
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

/**
 * Joins options with values that begin with a hyphen, as every 64th public key does, since Node would take them for options. A missing value before an
 * option of the command stays missing.
 */
function withJoinedValues(args: readonly string[], { options }: Command): string[] {
  const names = new Set(options.map(([option]) => option.split(' ', 1)[0]));
  const withValue = new Set(options.flatMap(([option]) => /^(--\S+) \S/u.exec(option)?.[1] ?? []));
  const joined: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const [word = '', value = ''] = args.slice(at, at + 2);
    const isJoined = withValue.has(word) && value.startsWith('-') && !names.has(value.split('=', 1)[0]);
    joined.push(isJoined ? `${word}=${value}` : word);
    if (isJoined) at += 1;
  }
  return joined;
}

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
    if (!isHelp) output.err(`There is no command ${JSON.stringify(args.slice(0, 2).join(' '))}.\n`);
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
    // A script whose variable is not set passes them. An empty path would be the current folder.
    if (args.some((word) => word === '' || /^--[\w-]+=$/.test(word)))
      throw new UsageError('An argument is empty. Give it a value, or leave it out.');
    return await command.run(withJoinedValues(args.slice(command.name.length), command), variables, output);
  } catch (thrown) {
    const isUsage = thrown instanceof UsageError;
    output.err(
      (isUsage ? null : startFaultOf(thrown)?.message) ??
        (thrown instanceof Error ? thrown.message : 'The command failed for an unknown reason.'),
    );
    if (isUsage || isArgumentError(thrown)) output.err(`\n${usageOf(command)}`);
    return 2;
  }
}

const isArgumentError = (thrown: unknown): boolean =>
  thrown instanceof Error && 'code' in thrown && String(thrown.code).startsWith('ERR_PARSE_ARGS');
