/** One small fault, like a mistake of a tired developer, and the tests that should detect it. */
export interface Mutant {
  /** Short and unique, in kebab case; for `--only=`. */
  readonly id: string;
  /** The rule that the fault breaks, as one sentence. */
  readonly rule: string;
  /** The file with the rule, from the project's root. */
  readonly file: string;
  /** Code that occurs exactly once in the file. */
  readonly find: string;
  /** The faulty code that replaces it. */
  readonly replace: string;
  /** Test files (from the project's root) that should fail; the smallest set that covers the rule. */
  readonly tests: readonly string[];
  /** The vitest project of the tests. Default: `renderer` for tests below `renderer/`, else `node`. */
  readonly project?: 'node' | 'heap' | 'renderer' | 'postgresql';
  /** Why the tests need not detect it, for example because another rule has the same effect. It is then not counted. */
  readonly equivalent?: string;
}

/** The rows of one area, which is named in the table of results. */
export interface MutantArea {
  readonly area: string;
  readonly mutants: readonly Mutant[];
}
