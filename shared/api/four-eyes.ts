import { z } from 'zod';

/** Why a reset needs an approval. */
export const approvalReasons = [
  'tier',
  'raised-alert',
  'toxic-combination',
  'third-attempt',
  'flagged-account',
  'lifted-recently',
] as const;
export const approvalReason = z.enum(approvalReasons);
export type ApprovalReason = (typeof approvalReasons)[number];

/**
 * Why an operator cannot be the second person: it is their own request or doing, their own account, they gave their word for the caller as the
 * manager, or they have a case about the account.
 */
export const fourEyesObstacle = z.enum(['own-action', 'own-account', 'vouched', 'own-case']);
export type FourEyesObstacle = z.infer<typeof fourEyesObstacle>;

/**
 * Whether another person could decide about a reset. `none`: no such person exists · `away`: one exists but is not signed in · `signed-in`: one can
 * answer now.
 */
export const approverAvailability = z.object({
  state: z.enum(['none', 'away', 'signed-in']),
  /** When an approver was last signed in; null if none ever was, or if one is signed in now. */
  lastSeenAt: z.iso.datetime().nullable(),
});
export type ApproverAvailability = z.infer<typeof approverAvailability>;

/** `used`: the reset was made · `withdrawn`: the operator withdrew the request, or its case ended or changed before a decision. */
export const approvalStates = ['pending', 'approved', 'denied', 'lapsed', 'withdrawn', 'used'] as const;
export const approvalState = z.enum(approvalStates);
export type ApprovalState = (typeof approvalStates)[number];
