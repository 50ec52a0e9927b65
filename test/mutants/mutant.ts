/** One small fault, as a tired developer might write it, and the tests that should notice it. */
export interface Mutant {
  /** Short and unique, in kebab case: `--only=` takes it. */
  readonly id: string;
  /** The rule that the fault breaks, as one sentence. */
  readonly rule: string;
  /** The file with the rule, from the project's root. */
  readonly file: string;
  /** Code that occurs exactly once in the file. */
  readonly find: string;
  /** What stands there with the fault. */
  readonly replace: string;
  /** Test files (from the project's root) that should fail; the fewest that hold the rule. */
  readonly tests: readonly string[];
  /** The vitest project of the tests. Default: `renderer` for tests below `renderer/`, else `node`. */
  readonly project?: 'node' | 'heap' | 'renderer' | 'postgresql';
  /** Why the tests do not have to notice it, for example because another rule holds the same. It does not count then. */
  readonly equivalent?: string;
}

/** The rows of one area, which the table of results names. */
export interface MutantArea {
  readonly area: string;
  readonly mutants: readonly Mutant[];
}
