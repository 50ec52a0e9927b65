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
 * What a check rests on: something the person has, something the desk did itself, somebody else's word, or something known that others may
 * find out.
 */
export const factorKinds = ['possession', 'desk', 'attested', 'knowledge'] as const;
export type FactorKind = (typeof factorKinds)[number];

/** Two checks in one row of this table can fall to the same theft; a policy may ask for checks of different rows. */
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

/** Why a check cannot be used in this case now. */
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

/** What a person can show to the desk, in person or on live video. */
export const badgeKinds = ['staff-badge', 'identity-card', 'passport', 'driving-licence'] as const;

export const checkView = z.object({
  kind: checkKind,
  factor: z.enum(factorKinds),
  /** Points that it earns when passed. */
  points: z.int(),
  /** Where it goes, masked; null for none. */
  destination: z.string().nullable(),
  /** Who is asked, for a manager's word. */
  person: z.string().nullable(),
  /** How long the code is that the caller reads out; null where there is none, or where it is no number. */
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
      /** What became of the mail or text that carries the code. */
      delivery: mailState.nullable(),
      deliveryAnswer: z.string().nullable(),
      /** The questions that the caller is asked while the check is open. */
      asked: z.array(z.object({ id: z.string(), text: z.string() })),
    })
    .nullable(),
});
export type CheckView = z.infer<typeof checkView>;

/** What the case has earned and what it still needs, as the backend computes it. */
export const assuranceView = z.object({
  earned: z.int(),
  needed: z.int(),
  /** The kinds of factor that earned points, and how many different ones are asked for. */
  factors: z.object({ earned: z.array(z.enum(factorKinds)), needed: z.int() }),
  met: z.boolean(),
  missing: z.object({ points: z.int(), factors: z.int() }),
  /** The smallest sets of checks that would close the gap, all of the same size; empty when nothing can. */
  closing: z.array(z.array(checkKind).min(1)),
});
export type AssuranceView = z.infer<typeof assuranceView>;
