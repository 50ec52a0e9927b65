/** What a process does: runs a statement whose text matches, or renames or writes a file whose path matches. */
export interface Step {
  readonly does: 'statement' | 'rename' | 'write';
  /** Of a regular expression, without regard to case. */
  readonly matches: string;
  /** Default: before it is done. */
  readonly once?: 'before' | 'done';
  /** The how manieth such step; default the first. */
  readonly count?: number;
}

/** Arguments of Node with which a process is killed, as by a power cut, once it has come to all of these steps, one after the other. */
export const killingAt = (steps: readonly Step[]): readonly string[] => [
  '--import',
  new URL(`kill-at-moment.ts?steps=${encodeURIComponent(JSON.stringify(steps))}`, import.meta.url).href,
];

/** The statement is run, in a transaction that is committed or not. */
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
