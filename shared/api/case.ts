import { z } from 'zod';
import { limits } from './limits.ts';
import { linkedAccount } from './account-link.ts';
import { accountView } from './account.ts';
import { assuranceView, checkKind, checkView } from './check.ts';
import { approvalReason, approvalState, approverAvailability } from './four-eyes.ts';
import { resetView } from './reset.ts';

/** Why the caller asks for a reset. */
export const caseReasons = ['forgotten', 'cannot-sign-in', 'perhaps-compromised', 'told-to-reset'] as const;
export const caseReason = z.enum(caseReasons);

export const caseStates = ['open', 'closed', 'refused', 'expired'] as const;

export const refusalReasons = [
  'could-not-verify',
  'wrong-answers',
  'not-reached',
  'gave-up',
  'suspicious',
  'other',
] as const;

export const resetActions = ['temporary-password', 'reset-link'] as const;
export const resetAction = z.enum(resetActions);
export type ResetAction = (typeof resetActions)[number];
/** What a grant can be for. */
export const caseActions = [...resetActions, 'unlock', 'remove-sign-in-method'] as const;
export const caseAction = z.enum(caseActions);
export type CaseAction = (typeof caseActions)[number];

/** Why an action is not available. The page shows the reason beside the button. */
export const actionObstacles = [
  'assurance',
  'ticket-required',
  'reason-required',
  'no-local-password',
  'disabled',
  'expired',
  'not-started',
  'frozen',
  'no-email',
  'contact-changed',
  'channel-not-set-up',
  'channel-failing',
  'address-unreachable',
  'case-ended',
  'not-yours',
  'already-reset',
  'directory-off',
  'directory-cannot',
  'not-locked',
  'own-account',
  'approval-needed',
  'approval-pending',
  'approval-denied',
] as const;

export const grantView = z.object({
  id: z.string(),
  action: caseAction,
  mintedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
export type GrantView = z.infer<typeof grantView>;

export const caseView = z.object({
  id: z.string(),
  number: z.int(),
  state: z.enum(caseStates),
  ticket: z.string().nullable(),
  reason: caseReason.nullable(),
  openedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  operator: z.object({ id: z.string(), displayName: z.string(), self: z.boolean() }),
  account: accountView,
  assurance: assuranceView,
  checks: z.array(checkView),
  actions: z.array(z.object({ action: resetAction, obstacle: z.enum(actionObstacles).nullable() })),
  /** Ending the account's lock without a new password. */
  unlock: z.object({
    obstacle: z.enum(actionObstacles).nullable(),
    /** The lock as the account's directory reports it; null while the account is not locked. */
    lock: z
      .object({
        since: z.iso.datetime(),
        /** Null where only an unlock ends it. */
        until: z.iso.datetime().nullable(),
        /** The server that locked it; null where it is not known. */
        where: z.string().nullable(),
      })
      .nullable(),
    earned: z.int(),
    needed: z.int(),
  }),
  /** The other kind of reset, which can replace the last one while that is unused: what the case still needs for it. */
  instead: z
    .object({
      insteadOf: z.string(),
      action: resetAction,
      obstacle: z.enum(actionObstacles).nullable(),
    })
    .nullable(),
  /** The case's resets without their secrets, newest first. */
  resets: z.array(resetView),
  /** What the operator can truthfully tell the caller about the newest reset; null without one. */
  callerFacts: z
    .object({
      /** The mail to the owner about it: a mail server took it · it waits to be sent · it could not be sent · there is no address on file. */
      told: z.enum(['sent', 'on-its-way', 'not-sent', 'no-address']),
      /** Where a temporary password is used, short enough to be read out; null if users sign in elsewhere or could not open the address. */
      signInAt: z.string().nullable(),
    })
    .nullable(),
  /** Failed checks and refusals on this account, by all operators together. */
  memory: z.object({
    failed24h: z.array(z.object({ at: z.iso.datetime(), kind: checkKind, ownCase: z.boolean() })),
    approverOnly: z.boolean(),
    /** Refused cases of the last 7 days, and failed checks that are older than 24 hours. `own`: by the operator of this case. */
    earlier: z.array(
      z.object({ at: z.iso.datetime(), what: z.enum(['failed', 'refused', 'suspicious']), own: z.boolean() }),
    ),
    /** Resets of the last 7 days, without those of this case. */
    resets7d: z.int(),
    /**
     * The newest reset of the last 7 days outside this case. `by` is null for a reset without an operator. `own`: the operator of this case made it.
     */
    lastReset: z.object({ at: z.iso.datetime(), by: z.string().nullable(), own: z.boolean() }).nullable(),
    /** Contact data, a second factor, or manager, tier, user name or status (`details`) was changed within the time in which the policy distrusts them. */
    changedRecently: z.array(
      z.object({ what: z.enum(['contact', 'second-factor', 'details']), at: z.iso.datetime() }),
    ),
    /** `by` is null for the report of a manager. */
    flag: z.object({ at: z.iso.datetime(), by: z.string().nullable() }).nullable(),
    /** The newest flag or freeze in force of another account that is linked with this one. A reset then needs an approver. */
    linked: z.object({ what: z.enum(['flag', 'freeze']), at: z.iso.datetime() }).nullable(),
    /** The newest flag or freeze that an approver lifted within that time. A reset still needs an approver. */
    lifted: z.object({ what: z.enum(['flag', 'freeze']), at: z.iso.datetime() }).nullable(),
    openElsewhere: z.array(
      z.object({ caseId: z.string(), number: z.int(), operator: z.string(), since: z.iso.datetime() }),
    ),
  }),
  /** Why the case needs an approval, and the state of its newest request. */
  approval: z.object({
    needed: z.array(approvalReason),
    /** Who could approve; null if nothing needs an approval or the case has ended. */
    approvers: approverAvailability.nullable(),
    request: z
      .object({
        id: z.string(),
        action: caseAction,
        state: approvalState,
        askedAt: z.iso.datetime(),
        /** Until when the request can be decided or, once approved, used. */
        expiresAt: z.iso.datetime(),
        decidedBy: z.string().nullable(),
        reason: z.string().nullable(),
      })
      .nullable(),
  }),
  /** The person's accounts in other directories. */
  otherAccounts: z.array(linkedAccount),
  /** What counts here of the evidence of a case about another account of the person; null without such a case. */
  takenOver: z
    .object({
      caseId: z.string(),
      number: z.int(),
      userName: z.string(),
      checks: z.array(checkKind),
    })
    .nullable(),
  /** A required reset of this account that its owner has not completed. */
  requiredReset: z
    .object({
      reason: z.string(),
      dueAt: z.iso.datetime(),
      /** When a mail about it was queued; null if none was. */
      toldAt: z.iso.datetime().nullable(),
      /** No mail reaches the owner, so the help desk has to tell them. */
      byDesk: z.boolean(),
    })
    .nullable(),
  /** A raised alert covers this account. */
  alertRaised: z.boolean(),
  ticketRequired: z.boolean(),
  reasonRequired: z.boolean(),
  refusal: z.object({ reason: z.enum(refusalReasons), note: z.string().nullable() }).nullable(),
});
export type CaseView = z.infer<typeof caseView>;

export const caseRow = z.object({
  id: z.string(),
  number: z.int(),
  state: z.enum(caseStates),
  accountId: z.string(),
  displayName: z.string(),
  userName: z.string(),
  operator: z.string(),
  own: z.boolean(),
  ticket: z.string().nullable(),
  reason: caseReason.nullable(),
  openedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  /** The outcome so far. */
  result: z.enum([
    'none',
    'verified',
    'temporary-password',
    /** The temporary password was set, but can no longer be shown. */
    'not-shown',
    'reset-link',
    'taken-back',
    'refused',
    'expired',
    'unknown',
  ]),
});
export type CaseRow = z.infer<typeof caseRow>;

/** The filter of a list of cases. */
export const caseFilter = z.object({
  whose: z.enum(['own', 'all']).default('own'),
  /** Only cases about the account with this user name, email address or employee number, in any notation. */
  account: z.string().max(limits.identifier).optional(),
  show: z.enum(['open', 'reset', 'no-reset', 'refused']).optional(),
  /** Only cases opened at or after `from` and before `to`. */
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
});
export type CaseFilter = z.output<typeof caseFilter>;

/** What an open case waits for: a code that the caller reads back, a call-back, the manager's answer, or an approver. */
export const caseWaits = ['code', 'call', 'manager', 'approver'] as const;

/** One of the operator's open cases. */
export const openCaseRow = caseRow.extend({
  waitsFor: z.enum(caseWaits).nullable(),
  /** When the code, call-back, answer or approval that the case waits for expires. */
  waitsUntil: z.iso.datetime().nullable(),
});
export type OpenCaseRow = z.infer<typeof openCaseRow>;

export const byCase = z.object({ caseId: z.string().min(1).max(100) });
