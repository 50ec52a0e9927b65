export type Variables = Readonly<Record<string, string | undefined>>;

/** Where a command says things; a line each. */
export interface Words {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

/** One command of the backend. */
export interface Command {
  readonly name: readonly string[];
  readonly summary: string;
  /** Each option and what it means. */
  readonly options: readonly (readonly [option: string, meaning: string])[];
  readonly run: (args: readonly string[], variables: Variables, words: Words) => Promise<number>;
}

/** The command was called in a way that makes no sense. */
export class Usage extends Error {}

export function usageOf({ name, summary, options }: Command): string {
  const width = Math.max(...options.map(([option]) => option.length));
  return [
    `reset-desk-backend ${name.join(' ')}`,
    `  ${summary}`,
    ...options.map(([option, meaning]) => `  ${option.padEnd(width)}  ${meaning}`),
  ].join('\n');
}
