import { z } from 'zod';

/** Why a reset needs an approval. */
export const approvalReasons = [
  'tier',
  'raised-alert',
  'toxic-combination',
  'third-attempt',
  'flagged-account',
] as const;
export const approvalReason = z.enum(approvalReasons);
export type ApprovalReason = (typeof approvalReasons)[number];

/** `used`: its reset was made · `withdrawn`: its case ended first. */
export const approvalStates = ['pending', 'approved', 'denied', 'lapsed', 'withdrawn', 'used'] as const;
export const approvalState = z.enum(approvalStates);
export type ApprovalState = (typeof approvalStates)[number];
