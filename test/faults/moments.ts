/** What a process does: runs a statement whose text matches, or renames or writes a file whose path matches. */
export interface Step {
  readonly does: 'statement' | 'rename' | 'write';
  /** A regular expression, ignoring case. */
  readonly matches: string;
  /** By default, before the step. */
  readonly once?: 'before' | 'done';
  /** The number of the matching step, from 1; 1 by default. */
  readonly count?: number;
}

/** Node's arguments for a process that is killed, like in a power failure, once it has done all of these steps in order. */
export const killingAt = (steps: readonly Step[]): readonly string[] => [
  '--import',
  new URL(`kill-at-moment.ts?steps=${encodeURIComponent(JSON.stringify(steps))}`, import.meta.url).href,
];

/** The statement is run in a transaction that may or may not be committed. */
export const statement = (matches: string, more: Partial<Step> = {}): Step => ({
  does: 'statement',
  matches,
  ...more,
});
/** Just before the transaction with the statement is committed. */
export const uncommitted = (matches: string, more: Partial<Step> = {}): readonly Step[] => [
  statement(matches, { once: 'done', ...more }),
  statement('^commit'),
];
/** Just after the transaction with the statement was committed. */
export const committed = (matches: string, more: Partial<Step> = {}): readonly Step[] => [
  statement(matches, { once: 'done', ...more }),
  statement('^commit', { once: 'done' }),
];
