import { z } from 'zod';
import { checkKind } from './check.ts';
import { deliveryMode, deliveryModes } from './delivery.ts';
import { endpoint } from './endpoint.ts';
import { passwordSection, temporaryStyles } from './password-section.ts';
import { directories, tiers } from './tiers.ts';

const seconds = (floor: number, ceiling: number) => z.int().min(floor).max(ceiling);
const hour = 3600;
/** A mailed link proves as much as a mailed code does: enough for the lowest bar. */
const selfServiceDefaults = {
  tiers: ['standard' as const],
  perAddress: 3,
  perAccount: 5,
  perNetwork: 30,
};
/** Mails in a minute; days before and after the due date on which those are reminded who have not chosen a new password yet. */
const requiredResetDefaults = {
  mailsPerMinute: 60,
  remindBefore: [3, 1],
  remindAfter: [1],
  afterDue: 'nothing' as const,
};
/** Recovery addresses that a user may keep; where a directory keeps its accounts' contact data itself, it is not changed here. */
const ownContactDefaults = {
  email: true,
  phone: true,
  recoveryAddresses: 2,
  directories: ['active-directory' as const, 'ldap' as const, 'keycloak' as const],
  where: '',
};
const reminderDays = z.array(z.int().min(0).max(90)).max(10);
const isTimeZone = (name: string): boolean => {
  try {
    return name === '' || Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
};
const points = z.int().min(0).max(200);

/**
 * Everything about verification and resets that an administrator may choose, with the floors and ceilings that nobody may
 * cross. Durations in seconds.
 */
export const policyDocument = z.object({
  caseFields: z.object({
    ticket: z.enum(['optional', 'required']),
    reason: z.enum(['optional', 'required']),
  }),
  case: z.object({ idle: seconds(60, 24 * hour) }),
  code: z.object({
    digits: z.int().min(6).max(10),
    validFor: seconds(60, 600),
    tries: z.int().min(1).max(3),
  }),
  /** How long a call-back, or looking at a badge, may stay open. */
  callBack: z.object({ validFor: seconds(60, hour) }),
  /** How long a manager may take to answer. */
  managersWord: z.object({ validFor: seconds(300, 24 * hour) }),
  /** Checks that no case offers and that earn nothing. */
  checksOff: z.array(checkKind),
  /** Checks that are switched off while an alert is raised. */
  weakChecks: z.array(checkKind),
  points: z.object({
    'emailed-code': points,
    'texted-code': points,
    'authenticator-code': points,
    'recovery-code': points,
    'call-back': points,
    'managers-word': points,
    'in-person': points,
    // What others can find out proves nothing, whatever a policy would like.
    'security-questions': z.literal(0),
  }),
  bars: z.object({
    standard: z.int().min(1).max(1000),
    sensitive: z.int().min(1).max(1000),
    privileged: z.int().min(1).max(1000),
  }),
  /** How many different kinds of factor must have earned points. */
  factors: z.object({
    standard: z.int().min(1).max(3),
    sensitive: z.int().min(1).max(3),
    privileged: z.int().min(1).max(3),
  }),
  grant: z.object({ validFor: seconds(30, 900) }),
  temporaryPassword: z.object({
    validFor: seconds(300, 24 * hour),
    style: z.enum(temporaryStyles).default('groups'),
    /** How it may reach its user; a stored policy from before knows all. */
    modes: z
      .array(deliveryMode)
      .min(1)
      .default([...deliveryModes]),
    defaultModes: z
      .object({ standard: deliveryMode, sensitive: deliveryMode, privileged: deliveryMode })
      .default({ standard: 'spoken', sensitive: 'spoken', privileged: 'spoken' }),
  }),
  /** Four eyes: the tiers that always need them, how long a request waits, and how fresh an approver's proof must be. */
  approvals: z.object({
    tiers: z.array(z.enum(['standard', 'sensitive', 'privileged'])),
    validFor: seconds(10, hour),
    provedWithin: seconds(30, 900),
  }),
  /** A reset and a change of contact data or second factor this close together are held for four eyes. */
  toxicCombination: z.object({ within: seconds(hour, 7 * 24 * hour) }),
  /** How long a raised alert lasts unless said otherwise, and at most. */
  alert: z.object({ validFor: seconds(60, 72 * hour), most: seconds(hour, 72 * hour) }),
  /** The words by which the desk proves itself to a caller. */
  phrase: z.object({ validFor: seconds(60, 900) }),
  resetLink: z.object({ validFor: seconds(300, 24 * hour) }),
  contactCoolDown: seconds(0, 90 * 24 * hour),
  failedChecks: z.object({ most: z.int().min(1).max(3), within: seconds(hour, 7 * 24 * hour) }),
  operatorSession: z.object({
    idleLock: seconds(60, hour),
    overall: seconds(hour, 24 * hour),
    reauthenticateAfter: seconds(60, 24 * hour),
    /** Whether an operator needs an authenticator besides the password. */
    secondFactor: z.enum(['required', 'optional']),
    /** The longest lock that wrong passwords or codes of an operator can grow to; the first lasts a minute. */
    lockAtMost: seconds(60, 24 * hour),
  }),
  signIn: z.object({
    failures: z.int().min(3).max(100),
    lockFor: seconds(30, 24 * hour),
    /** Whether users who have set up an authenticator are asked for its code at the self-service pages. */
    userSecondFactor: z.boolean().default(true),
  }),
  /** What users may do without the help desk. Numbers of requests are for an hour, for an account for a day. */
  selfService: z
    .object({
      /** Tiers whose users may reset their password by a mailed link alone. */
      tiers: z.array(z.enum(tiers)),
      perAddress: z.int().min(1).max(100_000),
      perAccount: z.int().min(1).max(1000),
      perNetwork: z.int().min(1).max(100_000),
    })
    .default(selfServiceDefaults),
  /** What users may change about how they are reached. */
  ownContact: z
    .object({
      email: z.boolean(),
      phone: z.boolean(),
      /** How many addresses besides the directory's; 0 for none. */
      recoveryAddresses: z.int().min(0).max(5),
      /** Directories that keep their accounts' addresses and numbers themselves. */
      directories: z.array(z.enum(directories)),
      /** Tells users of those where to change them. */
      where: z.string().trim().max(300),
    })
    .default(ownContactDefaults),
  /** How users are told that they have to choose a new password, and what becomes of the one that they did not replace in time. */
  requiredReset: z
    .object({
      mailsPerMinute: z.int().min(1).max(6000),
      remindBefore: reminderDays,
      remindAfter: reminderDays,
      afterDue: z.enum(['nothing', 'block']),
    })
    .default(requiredResetDefaults),
  passwords: passwordSection,
  /** Whom a reset is told besides the account's owner. */
  notifications: z.object({ manager: z.enum(['never', 'sensitive', 'always']) }),
  /** How users reach the help desk: stands in every mail and on the pages. Empty for what there is not. */
  deskContact: z.object({
    phone: z.string().trim().max(60),
    email: z.string().trim().max(254),
    hours: z.string().trim().max(120),
    /** The zone in which mails tell times, by its IANA name; empty for that of the backend's computer. */
    timeZone: z.string().max(60).refine(isTimeZone, 'This time zone is not known.').default(''),
  }),
});
export type PolicyDocument = z.infer<typeof policyDocument>;

/** Sources of the numbers: the product's guide, NIST SP 800-63B-4, OWASP ASVS 5 and FBI/CISA AA23-320A. */
export const defaultPolicy: PolicyDocument = {
  caseFields: { ticket: 'optional', reason: 'optional' },
  case: { idle: 60 * 60 },
  code: { digits: 6, validFor: 5 * 60, tries: 3 },
  callBack: { validFor: 15 * 60 },
  managersWord: { validFor: 30 * 60 },
  checksOff: ['security-questions'],
  weakChecks: ['texted-code', 'emailed-code', 'security-questions'],
  points: {
    'emailed-code': 60,
    'texted-code': 50,
    'authenticator-code': 80,
    'recovery-code': 60,
    'call-back': 40,
    'managers-word': 60,
    'in-person': 100,
    'security-questions': 0,
  },
  bars: { standard: 60, sensitive: 90, privileged: 120 },
  factors: { standard: 1, sensitive: 2, privileged: 2 },
  grant: { validFor: 10 * 60 },
  temporaryPassword: {
    validFor: 60 * 60,
    style: 'groups',
    modes: ['spoken', 'sealed', 'split'],
    defaultModes: { standard: 'spoken', sensitive: 'spoken', privileged: 'spoken' },
  },
  approvals: { tiers: ['privileged'], validFor: 10 * 60, provedWithin: 2 * 60 },
  toxicCombination: { within: 24 * hour },
  alert: { validFor: 8 * hour, most: 72 * hour },
  phrase: { validFor: 5 * 60 },
  resetLink: { validFor: 24 * hour },
  contactCoolDown: 7 * 24 * hour,
  failedChecks: { most: 3, within: 24 * hour },
  operatorSession: {
    idleLock: 15 * 60,
    overall: 12 * hour,
    reauthenticateAfter: 15 * 60,
    secondFactor: 'required',
    lockAtMost: hour,
  },
  signIn: { failures: 5, lockFor: 15 * 60, userSecondFactor: true },
  selfService: selfServiceDefaults,
  ownContact: ownContactDefaults,
  requiredReset: requiredResetDefaults,
  passwords: {
    preset: 'classic',
    history: 24,
    demands: {},
    directories: {},
    breached: { refuse: false, timeout: 1500 },
  },
  notifications: { manager: 'sensitive' },
  deskContact: { phone: '', email: '', hours: '', timeZone: '' },
};

export const policyView = z.object({
  version: z.int(),
  changedAt: z.iso.datetime(),
  changedBy: z.string().nullable(),
  document: policyDocument,
  /** Where breached passwords are looked up; the backend's configuration says it, no policy. */
  breachedList: z.enum(['none', 'files', 'range-api']),
});
export type PolicyView = z.infer<typeof policyView>;

export const getPolicy = endpoint({
  id: 'getPolicy',
  method: 'GET',
  path: '/policy',
  summary: 'The policy in force',
  right: 'policy.read',
  bridge: 'settings.policy',
  answer: policyView,
  errors: [],
});

export const changePolicy = endpoint({
  id: 'changePolicy',
  method: 'PUT',
  path: '/policy',
  summary: 'Put a new version of the policy in force; grants minted under an older one die',
  right: 'policy.change',
  bridge: 'settings.changePolicy',
  body: z.object({ basedOn: z.int(), document: policyDocument }),
  answer: policyView,
  errors: ['policy.invalid', 'request.conflict'],
});
