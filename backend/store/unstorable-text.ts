/** PostgreSQL's code for text that it cannot hold: a NUL, which nobody types and SQLite takes. */
const characterNotInRepertoire = '22021';

/** Whether a statement failed because of what somebody sent, and not because of us. */
export const isUnstorableText = (thrown: unknown): boolean =>
  thrown instanceof Error && 'code' in thrown && thrown.code === characterNotInRepertoire;
