import { z } from 'zod';
import { caseRow, openCaseRow } from './case.ts';
import { endpoint } from './endpoint.ts';

/** A reset by the operator whose user has not chosen a password yet. */
const unfinishedReset = z.object({
  caseId: z.string(),
  number: z.int(),
  displayName: z.string(),
  action: z.enum(['temporary-password', 'reset-link']),
  /** Whether the user has signed in with it or opened its link. */
  isOpened: z.boolean(),
  madeAt: z.iso.datetime(),
  validUntil: z.iso.datetime(),
});
export type UnfinishedReset = z.infer<typeof unfinishedReset>;

const lockedAccount = z.object({
  id: z.string(),
  displayName: z.string(),
  userName: z.string(),
  since: z.iso.datetime(),
  /** When the lock ends by itself; null if only an unlock ends it. */
  until: z.iso.datetime().nullable(),
});
export type LockedAccount = z.infer<typeof lockedAccount>;

/** An account that was flagged, or a caller who was refused today. */
const suspicion = z.object({
  kind: z.enum(['flagged', 'refused']),
  /** Null for a flag without a case. */
  caseId: z.string().nullable(),
  accountId: z.string(),
  displayName: z.string(),
  at: z.iso.datetime(),
});
export type Suspicion = z.infer<typeof suspicion>;

const runningRequirement = z.object({
  id: z.string(),
  reason: z.string(),
  dueAt: z.iso.datetime(),
  accounts: z.int(),
  done: z.int(),
  /** The number of users without an address, whom only the help desk can notify. */
  byDesk: z.int(),
});
export type RunningRequirement = z.infer<typeof runningRequirement>;

export const getDesk = endpoint({
  id: 'getDesk',
  method: 'GET',
  path: '/desk',
  summary: "Get the start page: the operator's open and recent cases, and today's numbers",
  right: 'cases.work',
  scope: { by: 'rows' },
  bridge: 'desk.get',
  query: z.object({
    /** The start of the operator's day: only the console knows its time zone. */
    dayStart: z.iso.datetime(),
  }),
  answer: z.object({
    accounts: z.int(),
    open: z.array(openCaseRow),
    recent: z.array(caseRow),
    today: z.object({
      cases: z.int(),
      resets: z.int(),
      refused: z.int(),
      failedChecks: z.int(),
      /** Median seconds from opening a case to its reset; null before the first reset. */
      medianSeconds: z.int().nullable(),
    }),
    unfinished: z.array(unfinishedReset),
    locked: z.object({ count: z.int(), accounts: z.array(lockedAccount) }),
    lookTwice: z.array(suspicion),
    /** The required resets in progress; empty for operators who cannot start them. */
    requirements: z.array(runningRequirement),
    /** The cases of all operators by the hour of the day, starting at 0; null for operators who cannot see them. */
    teamByHour: z.array(z.int()).nullable(),
    /** The ways to reach users that do not work at the moment. */
    troubles: z.array(
      z.object({
        channel: z.enum(['mail', 'text']),
        reason: z.enum(['channel-not-set-up', 'channel-failing']),
      }),
    ),
  }),
  errors: [],
});
export type DeskView = z.infer<typeof getDesk.answer>;
