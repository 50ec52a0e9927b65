/** Plain values that explain a line: never a secret, never a person's data. */
export type LogFacts = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Where technical detail goes. `reference` is the word that a message on the screen and the line in the log share. */
export interface Log {
  readonly info: (message: string, facts?: LogFacts) => void;
  readonly warn: (message: string, facts?: LogFacts) => void;
  /** Logs what was thrown and answers the reference under which it stands. */
  readonly unexpected: (message: string, thrown: unknown) => string;
}
