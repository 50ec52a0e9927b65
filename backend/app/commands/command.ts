export type Variables = Readonly<Record<string, string | undefined>>;

/** Where a command prints its lines. */
export interface Output {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

/** A command of `reset-desk-backend`. */
export interface Command {
  readonly name: readonly string[];
  readonly summary: string;
  readonly options: readonly (readonly [option: string, meaning: string])[];
  /** Answers the exit code: 0 for success, 1 when a verification fails. Throws {@link UsageError} for wrong arguments. */
  readonly run: (args: readonly string[], variables: Variables, output: Output) => Promise<number>;
}

/** The arguments of a command are wrong; the message says how to correct them. */
export class UsageError extends Error {}

/** The usage text of a command. */
export function usageOf({ name, summary, options }: Command): string {
  const width = Math.max(...options.map(([option]) => option.length));
  return [
    `reset-desk-backend ${name.join(' ')}`,
    `  ${summary}`,
    ...options.map(([option, meaning]) => `  ${option.padEnd(width)}  ${meaning}`),
  ].join('\n');
}
