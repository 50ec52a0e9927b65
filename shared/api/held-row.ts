import { z } from 'zod';
import { typedNote } from './typed-text.ts';
import { endpoint } from './endpoint.ts';
import { limits } from './limits.ts';
import { tiers } from './tiers.ts';

/** Why a row of a file or feed is held for a decision. */
export const holdReasons = [
  'id-differs',
  'employee-number-differs',
  'user-name-taken',
  'employee-number-taken',
  'address-taken',
  'other-source',
  'nothing-in-common',
  'rows-contradict',
] as const;
export type HoldReason = (typeof holdReasons)[number];

/** One side of a contradiction: the row, or an account. Contact data is masked. */
const side = z.object({
  accountId: z.string().nullable(),
  userName: z.string(),
  displayName: z.string(),
  employeeNumber: z.string().nullable(),
  emailMasked: z.string().nullable(),
  sourceId: z.string().nullable(),
  tier: z.enum(tiers),
  isClosed: z.boolean(),
});
export type HeldSide = z.infer<typeof side>;

export const heldRowView = z.object({
  id: z.string(),
  reason: z.enum(holdReasons),
  /** Empty for a row that a directory or an identity provider sent. */
  fileName: z.string(),
  source: z.string(),
  /** The name of the directory or the source of accounts. */
  sourceName: z.string(),
  line: z.int(),
  at: z.iso.datetime(),
  row: side,
  /** The account that the row contradicts; null if it contradicts another row alone. */
  account: side.nullable(),
  /** Another account, to which the row's ID or employee number belongs. */
  match: side.nullable(),
  /** The decision "new person" closes the account and frees its user name. */
  closesAccount: z.boolean(),
  /** Whether "same person" is possible: the row does not belong to another account already. */
  canBeSame: z.boolean(),
});
export type HeldRowView = z.infer<typeof heldRowView>;

export const heldDecisions = ['new-person', 'same-person', 'drop'] as const;
export type HeldDecision = (typeof heldDecisions)[number];

export const listHeldRows = endpoint({
  id: 'listHeldRows',
  method: 'GET',
  path: '/held-rows',
  summary:
    'List imported rows that contradict known data about a person and wait for a decision, oldest first',
  right: 'accounts.import',
  scope: { by: 'everything' },
  bridge: 'heldRows.list',
  query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(100) }),
  answer: z.object({ rows: z.array(heldRowView), more: z.boolean() }),
  errors: [],
});

export const decideHeldRow = endpoint({
  id: 'decideHeldRow',
  method: 'POST',
  path: '/held-rows/:heldRowId/decision',
  summary:
    'Decide about a held row, with a reason: it is a new person, who inherits nothing, or the same person, or it is dropped',
  right: 'accounts.import',
  scope: { by: 'everything' },
  proof: 'recent',
  // Of a sensitive or privileged account, another administrator decides as well.
  protected: { by: 'weakening' },
  bridge: 'heldRows.decide',
  params: z.object({ heldRowId: z.string().min(1).max(100) }),
  body: z.object({
    decision: z.enum(heldDecisions),
    reason: typedNote(limits.note).min(3),
  }),
  answer: z.object({
    /** The account that the row belongs to now; null if it was dropped. */
    accountId: z.string().nullable(),
  }),
  errors: [
    'held-row.not-found',
    'held-row.settled',
    'held-row.not-same',
    'held-row.user-name-taken',
    'account.own',
    'import.already-running',
  ],
});
