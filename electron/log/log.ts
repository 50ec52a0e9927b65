/** Plain values that explain a message. They must not be secrets or personal data. */
export type LogFacts = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** The technical log. */
export interface Log {
  readonly info: (message: string, facts?: LogFacts) => void;
  readonly warn: (message: string, facts?: LogFacts) => void;
  /** Logs a thrown value and returns its reference, which the page shows so that support finds the line. */
  readonly unexpected: (message: string, thrown: unknown) => string;
}
