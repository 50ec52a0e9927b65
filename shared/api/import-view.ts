import { z } from 'zod';
import { errorCodes } from '../errors/codes.ts';
import { holdReasons } from './held-row.ts';
import { importRefusalReasons } from './import-file.ts';

/**
 * `waiting` for the file · `analysing` it as it arrives · `ready` to be confirmed · `running` after the confirmation · `undone` once an operator has
 * reversed it.
 */
export const importStates = [
  'waiting',
  'analysing',
  'ready',
  'running',
  'finished',
  'cancelled',
  'failed',
  'undone',
] as const;

/** Accounts whose contact data, tier, manager or status a file changes, or that it closes. Each counts by itself towards a mass change. */
export const importCounts = z.object({
  contact: z.int(),
  tier: z.int(),
  manager: z.int(),
  status: z.int(),
  closed: z.int(),
  /** New accounts with the names of accounts of the same source, if there are many. */
  addedAgain: z.int().optional(),
});
export type ImportCounts = z.infer<typeof importCounts>;

export const importView = z.object({
  id: z.string(),
  fileName: z.string(),
  state: z.enum(importStates),
  bytesTotal: z.int().nullable(),
  bytesRead: z.int(),
  rows: z.int(),
  created: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  refused: z.int(),
  /** Rows that contradict what is known of a person; each waits for a decision. */
  held: z.int(),
  /** Accounts that are missing from a complete file. */
  closed: z.int(),
  /** The name of the system that the accounts come from. Ids and missing accounts are compared within it. */
  source: z.string(),
  /** The file has every account of its source. */
  complete: z.boolean(),
  /** Rows that have been applied so far. */
  applied: z.int(),
  /** What counts towards a mass change; null until the file has been read. */
  counts: importCounts.nullable(),
  /** The kinds of changes that exceed the policy's limit, so that a second administrator must approve the import. */
  massChanges: z.array(
    z.enum(['contact', 'tier', 'manager', 'status', 'closed', 'closed-despite-refused', 'addedAgain']),
  ),
  /** Until when the import can be undone; null if it cannot. */
  undoUntil: z.iso.datetime().nullable(),
  /** After an undo: accounts that are as before, and accounts that had been changed again and were left alone. */
  undone: z.object({ restored: z.int(), kept: z.int() }).nullable(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  /** Why the whole import failed: the error code, and the line where it stopped. */
  failure: z.object({ code: z.enum(errorCodes), line: z.int().nullable(), detail: z.string() }).nullable(),
});
export type ImportView = z.infer<typeof importView>;

export const importRefusal = z.object({
  /** The line (1-based) on which the refused row begins. */
  line: z.int(),
  reason: z.enum(importRefusalReasons),
  /** The refused value, shortened. */
  detail: z.string(),
});
export type ImportRefusal = z.infer<typeof importRefusal>;

/** The kinds of rows that can be listed. */
export const importRowKinds = ['new', 'changed', 'held', 'closed', 'kept'] as const;
/** A change of one field. Contact data is masked; `notation` is the same value written otherwise. */
export const rowChange = z.object({
  field: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
});
export type RowChange = z.infer<typeof rowChange>;

/** A row and what it does. */
export const importRow = z.object({
  /** The line (1-based) on which the row begins; negative for an account that is missing from the file. */
  line: z.int(),
  accountId: z.string().nullable(),
  userName: z.string(),
  displayName: z.string(),
  changes: z.array(rowChange),
  /** Why the row is held. */
  holdReason: z.enum(holdReasons).nullable(),
});
export type ImportRow = z.infer<typeof importRow>;
