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

/** `used`: its reset was made · `withdrawn`: its case ended first. */
export const approvalStates = ['pending', 'approved', 'denied', 'lapsed', 'withdrawn', 'used'] as const;
export const approvalState = z.enum(approvalStates);
export type ApprovalState = (typeof approvalStates)[number];
