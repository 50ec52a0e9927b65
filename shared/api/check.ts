import { z } from 'zod';
import { mailState } from './mail.ts';

/** The ways to verify a caller, in the order in which a case offers them. */
export const checkKinds = [
  'emailed-code',
  'texted-code',
  'authenticator-code',
  'recovery-code',
  'call-back',
  'managers-word',
  'in-person',
  'security-questions',
] as const;
export const checkKind = z.enum(checkKinds);
export type CheckKind = (typeof checkKinds)[number];

/**
 * The kind of factor that a check rests on: something that the person has, something that the operator did, another person's
 * word, or knowledge that others may have.
 */
export const factorKinds = ['possession', 'desk', 'attested', 'knowledge'] as const;
export type FactorKind = (typeof factorKinds)[number];

/** The factor of each kind of check. One theft can defeat all checks of a factor, so a policy can require several factors. */
export const factorOf: Readonly<Record<CheckKind, FactorKind>> = {
  'emailed-code': 'possession',
  'texted-code': 'possession',
  'authenticator-code': 'possession',
  'recovery-code': 'possession',
  'call-back': 'desk',
  'managers-word': 'attested',
  'in-person': 'desk',
  'security-questions': 'knowledge',
};

export const checkStates = ['pending', 'passed', 'failed', 'expired', 'locked'] as const;

/** Why a check is not available in this case. */
export const checkObstacles = [
  'no-email',
  'no-phone',
  'contact-changed',
  'locked-for-case',
  'approver-only',
  'weak-under-alert',
  'not-enrolled',
  'no-codes-left',
  'no-manager',
  'manager-unknown',
  'manager-without-email',
  'manager-is-account',
  'manager-is-operator',
] as const;

/** The documents that a person can show, in person or on live video. */
export const badgeKinds = ['staff-badge', 'identity-card', 'passport', 'driving-licence'] as const;

export const checkView = z.object({
  kind: checkKind,
  factor: z.enum(factorKinds),
  /** The points that a passed check earns. */
  points: z.int(),
  /** The masked address or number that receives it; null where nothing is sent. */
  destination: z.string().nullable(),
  /** The manager who is asked; null for other kinds. */
  person: z.string().nullable(),
  /** The number of digits of the code that the caller reads out; null where there is no numeric code. */
  digits: z.int().nullable(),
  obstacle: z
    .object({
      reason: z.enum(checkObstacles),
      since: z.iso.datetime().nullable(),
      until: z.iso.datetime().nullable(),
    })
    .nullable(),
  /** The newest attempt in this case. */
  attempt: z
    .object({
      id: z.string(),
      state: z.enum(checkStates),
      startedAt: z.iso.datetime(),
      expiresAt: z.iso.datetime(),
      settledAt: z.iso.datetime().nullable(),
      triesLeft: z.int().nullable(),
      /** The delivery of the mail or text with the code. */
      delivery: mailState.nullable(),
      deliveryAnswer: z.string().nullable(),
      /** The questions to ask the caller while the check is pending. */
      asked: z.array(z.object({ id: z.string(), text: z.string() })),
    })
    .nullable(),
});
export type CheckView = z.infer<typeof checkView>;

/** The assurance that the case has earned and what it still needs, as the backend computes it. */
export const assuranceView = z.object({
  earned: z.int(),
  needed: z.int(),
  /** The factors that earned points, and the number of different ones that the policy requires. */
  factors: z.object({ earned: z.array(z.enum(factorKinds)), needed: z.int() }),
  met: z.boolean(),
  missing: z.object({ points: z.int(), factors: z.int() }),
  /** The smallest sets of checks that would earn the missing points, all of the same size; empty if none can. */
  closing: z.array(z.array(checkKind).min(1)),
});
export type AssuranceView = z.infer<typeof assuranceView>;
