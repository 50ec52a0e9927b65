import { z } from 'zod';
import { keptMessage, mailState } from './mail.ts';

/**
 * The kind of factor that a check rests on: something that the person has, something that the operator did, another person's
 * word, or knowledge that others may have.
 */
export const factorKinds = ['possession', 'desk', 'attested', 'knowledge'] as const;
export type FactorKind = (typeof factorKinds)[number];

export type AnswerKind = 'code' | 'recovery-code' | 'call-back' | 'in-person' | 'questions';

interface CheckRow {
  /** One theft can defeat all checks of a factor, so a policy can require several factors. */
  readonly factor: FactorKind;
  /** Points that it earns under the default policy. */
  readonly points: number;
  /** It proves nothing: no policy can give it points. */
  readonly worthless?: true;
  /** Turned off while an alert is raised, under the default policy. */
  readonly weak?: true;
  /** Turned off under the default policy. */
  readonly off?: true;
  /** Whose address or number it uses; null for none. */
  readonly contact: 'email' | 'phone' | 'manager' | null;
  /** What carries the code or the question; null if nothing is sent. */
  readonly sentBy: 'mail' | 'text' | null;
  /** What the operator answers it with; null where another person answers. */
  readonly answer: AnswerKind | null;
}

/** The ways to verify a caller, in the order in which a case offers them. A new kind is a row here, an adapter in the backend, and its texts. */
export const checkTable = {
  'emailed-code': {
    factor: 'possession',
    points: 60,
    weak: true,
    contact: 'email',
    sentBy: 'mail',
    answer: 'code',
  },
  'texted-code': {
    factor: 'possession',
    points: 50,
    weak: true,
    contact: 'phone',
    sentBy: 'text',
    answer: 'code',
  },
  'authenticator-code': { factor: 'possession', points: 80, contact: null, sentBy: null, answer: 'code' },
  'recovery-code': { factor: 'possession', points: 60, contact: null, sentBy: null, answer: 'recovery-code' },
  'call-back': { factor: 'desk', points: 40, contact: 'phone', sentBy: null, answer: 'call-back' },
  'managers-word': { factor: 'attested', points: 60, contact: 'manager', sentBy: 'mail', answer: null },
  'in-person': { factor: 'desk', points: 100, contact: null, sentBy: null, answer: 'in-person' },
  // Others can find out the answers to questions, so no policy can give points for them.
  'security-questions': {
    factor: 'knowledge',
    points: 0,
    worthless: true,
    weak: true,
    off: true,
    contact: null,
    sentBy: null,
    answer: 'questions',
  },
} as const satisfies Readonly<Record<string, CheckRow>>;

export type CheckKind = keyof typeof checkTable;
export const checkKinds = Object.keys(checkTable) as CheckKind[];

/** One value for each kind. */
export const forEachKind = <T>(valueOf: (kind: CheckKind) => T): Record<CheckKind, T> =>
  Object.fromEntries(checkKinds.map((kind) => [kind, valueOf(kind)])) as Record<CheckKind, T>;

/** A row with every field, for readers that do not know the kind. */
export const checkRow = (kind: CheckKind): CheckRow => checkTable[kind];

/** The kinds that are answered in this way. */
type KindsAnsweredBy<A extends AnswerKind> = {
  [K in CheckKind]: (typeof checkTable)[K]['answer'] extends A ? K : never;
}[CheckKind];

/** Whether the operator answers this kind in this way. */
export const isAnsweredBy = <A extends AnswerKind>(kind: CheckKind, answer: A): kind is KindsAnsweredBy<A> =>
  checkTable[kind].answer === answer;

export const checkKind = z.enum(checkKinds);

export const checkStates = ['pending', 'passed', 'failed', 'expired', 'locked'] as const;

/** Why a check is not available in this case. */
export const checkObstacles = [
  'no-email',
  'no-phone',
  'contact-changed',
  'locked-for-case',
  'approver-only',
  'weak-under-alert',
  'channel-not-set-up',
  'channel-failing',
  'address-unreachable',
  'not-enrolled',
  'no-codes-left',
  'no-manager',
  'manager-unknown',
  'manager-without-email',
  'manager-is-account',
  'manager-is-operator',
  'manager-flagged',
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
      /** Where the outbox has the mail or text, while it is kept there. Reading it needs its own right. */
      keptMessage: keptMessage.optional(),
      /** Operators who read the mail or text with the code in the outbox: the code then proves less. */
      readInOutbox: z.array(z.object({ name: z.string(), at: z.iso.datetime() })),
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
