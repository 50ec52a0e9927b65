import { z } from 'zod';
import { errorCodes } from '../errors/codes.ts';

/** The endpoints whose changes weaken a protection or give rights; each declares `protected`. */
export const protectedActs = [
  'changePolicy',
  'changeMailSettings',
  'changeTemplate',
  'changeTextSettings',
  'changeTrust',
  'changeProvider',
  'unlinkOtherIssuers',
  'changeSyslogStream',
  'changeWebhookStream',
  'inviteOperator',
  'inviteOperators',
  'changeOperator',
  'setOperatorState',
  'unlinkOperator',
  'changeDirectorySignIn',
  'linkOperatorToDirectory',
  'unlinkOperatorFromDirectory',
  'resetSecondFactor',
  'stopRequiredReset',
  'confirmImport',
  'decideHeldRow',
  'announceKnownChange',
  'addDirectory',
  'changeDirectory',
  'removeDirectory',
  'allowClosures',
  'allowDirectoryChanges',
  'addSourceToken',
  'changeSourceFeed',
  'allowSourceChanges',
] as const;
export type ProtectedAct = (typeof protectedActs)[number];

/**
 * A change waits until another administrator approves or declines it, its proposer withdraws it, or its time ends. It is `outdated` if it could not
 * take effect when it was approved, because what it rests on had changed.
 */
export const protectedChangeStates = [
  'waiting',
  'approved',
  'declined',
  'withdrawn',
  'expired',
  'outdated',
] as const;
export type ProtectedChangeState = (typeof protectedChangeStates)[number];

/** Why an administrator cannot decide a change. */
export const protectedChangeObstacles = ['own-proposal', 'own-rights', 'not-permitted'] as const;

/** One value that would change. A secret's value is never answered; `from` says whether one is stored. */
export const changedField = z.object({
  /** The field's name in the request, or the dotted name of a rule of the policy. */
  name: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  secret: z.boolean(),
});
export type ChangedField = z.infer<typeof changedField>;

export const protectedChange = z.object({
  id: z.string(),
  act: z.enum(protectedActs),
  /** What it is about, such as the operator's name; null for settings that exist once. */
  subject: z.string().nullable(),
  fields: z.array(changedField),
  state: z.enum(protectedChangeStates),
  proposedBy: z.string(),
  proposedAt: z.iso.datetime(),
  /** Until when it can be approved. */
  expiresAt: z.iso.datetime(),
  decidedBy: z.string().nullable(),
  decidedAt: z.iso.datetime().nullable(),
  reason: z.string().nullable(),
  /** Why an outdated change was refused. */
  failure: z.enum(errorCodes).nullable(),
  /** The operator of this request proposed it. */
  own: z.boolean(),
  /** Why the operator of this request cannot decide it; null when they can. */
  obstacle: z.enum(protectedChangeObstacles).nullable(),
  /** The administrators who can decide it, by name. */
  approvers: z.array(z.string()),
});
export type ProtectedChange = z.infer<typeof protectedChange>;

/** The answer, with status 202, to a protected change that waits for another administrator. */
export const proposedAnswer = z.object({ protectedChange });
export type ProposedAnswer = z.infer<typeof proposedAnswer>;
