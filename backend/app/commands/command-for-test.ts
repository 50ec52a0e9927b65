import { runCommand } from './run-command.ts';

/** Runs commands and keeps what the latest one printed. */
export function commandForTest() {
  const command = {
    output: [] as string[],
    errors: [] as string[],
    /** Runs a command with these arguments and an empty environment. Answers its exit code. */
    run: (...args: readonly string[]) => {
      command.output = [];
      command.errors = [];
      return runCommand(
        [...args],
        {},
        { out: (line) => command.output.push(line), err: (line) => command.errors.push(line) },
      );
    },
  };
  return command;
}
