import { z } from 'zod';
import { checkKind, checkKinds, checkRow, checkTable, forEachKind } from './check.ts';
import { deliveryMode, deliveryModes } from './delivery.ts';
import { passwordSection, temporaryBits, temporaryStyles } from './password-section.ts';
import { directories, tiers } from './tiers.ts';
import { typedLine } from './typed-text.ts';

const seconds = (floor: number, ceiling: number) => z.int().min(floor).max(ceiling);
const hour = 3600;
/** The networks of a list that is separated by commas, semicolons or blanks. */
export const networksOf = (text: string): string[] => text.split(/[\s,;]+/).filter((part) => part !== '');
const isNetwork = (text: string): boolean =>
  [z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()].some((kind) => kind.safeParse(text).success);

/** A mailed link proves as much as a mailed code, so by default only standard accounts may use it. */
const selfServiceDefaults = {
  tiers: ['standard' as const],
  perAddress: 3,
  perAccount: 5,
  perNetwork: 30,
  exemptNetworks: '',
};
/** Mails a minute, and the days before and after the due date on which users without a new password are reminded. */
const requiredResetDefaults = {
  mailsPerMinute: 60,
  remindBefore: [3, 1],
  remindAfter: [1],
  afterDue: 'nothing' as const,
};
/** Recovery addresses of a user. Contact data that a directory keeps itself is not changed here. */
const ownContactDefaults = {
  email: true,
  phone: true,
  recoveryAddresses: 2,
  directories: ['active-directory' as const, 'ldap' as const, 'keycloak' as const, 'entra' as const],
  where: '',
};
/** Numbers without a country code are read as dialled in `phoneCountry`. An import or feed above either amount needs a second administrator. */
const accountsDefaults = {
  phoneCountry: '',
  newAccountsWait: false,
  massChange: { percent: 5, accounts: 50 },
};
/** An unlock changes no password, so it needs less than a reset. */
const unlockBarsDefaults = { standard: 30, sensitive: 60, privileged: 90 };
/** 72 hours, so that a proposal outlasts a long weekend. */
const protectedChangesDefaults = { secondAdministrator: true, validFor: 72 * hour };
const reminderDays = z.array(z.int().min(0).max(90)).max(10);
const isTimeZone = (name: string): boolean => {
  try {
    return name === '' || Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
};
const points = z.int().min(0).max(200);
const pointsShape = forEachKind((kind) => (checkRow(kind).worthless ? z.literal(0) : points));

/**
 * Everything about verification and resets that an administrator can choose, within fixed floors and ceilings. Durations are in
 * seconds.
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
  /** How long a call-back or a check in person may stay pending. */
  callBack: z.object({ validFor: seconds(60, hour) }),
  /** How long a manager can answer. */
  managersWord: z.object({ validFor: seconds(300, 24 * hour) }),
  /** Checks that are turned off: no case offers them, and they earn no points. */
  checksOff: z.array(checkKind),
  /** Checks that are turned off while an alert is raised. */
  weakChecks: z.array(checkKind),
  points: z.object(pointsShape),
  bars: z.object({
    standard: z.int().min(1).max(1000),
    sensitive: z.int().min(1).max(1000),
    privileged: z.int().min(1).max(1000),
  }),
  /** The points that an account's unlock needs, of any factor. */
  unlockBars: z
    .object({
      standard: z.int().min(1).max(1000),
      sensitive: z.int().min(1).max(1000),
      privileged: z.int().min(1).max(1000),
    })
    .default(unlockBarsDefaults),
  /** The number of different factors that must have earned points. */
  factors: z.object({
    standard: z.int().min(1).max(3),
    sensitive: z.int().min(1).max(3),
    privileged: z.int().min(1).max(3),
  }),
  grant: z.object({ validFor: seconds(30, 900) }),
  temporaryPassword: z.object({
    validFor: seconds(300, 24 * hour),
    style: z.enum(temporaryStyles).default('words'),
    /** Bits of randomness that every temporary password has at least. */
    minBits: z.int().min(temporaryBits.min).max(temporaryBits.max).default(temporaryBits.min),
    /** The allowed modes of delivery; a policy stored before this field existed allows all. */
    modes: z
      .array(deliveryMode)
      .min(1)
      .default([...deliveryModes]),
    defaultModes: z
      .object({ standard: deliveryMode, sensitive: deliveryMode, privileged: deliveryMode })
      .default({ standard: 'spoken', sensitive: 'spoken', privileged: 'spoken' }),
    /** Whether directories may issue Temporary Access Passes, which also count as a second factor. */
    accessPass: z.boolean().default(false),
    accessPassFor: seconds(600, 8 * hour).default(hour),
  }),
  /** Approvals: the tiers that always need one, how long a request waits, and how recently an approver must have re-authenticated. */
  approvals: z.object({
    tiers: z.array(z.enum(['standard', 'sensitive', 'privileged'])),
    validFor: seconds(10, hour),
    provedWithin: seconds(30, 900),
  }),
  /** A reset and a change of contact data or second factor within this time of each other need an approval. */
  toxicCombination: z.object({ within: seconds(hour, 7 * 24 * hour) }),
  /** The default and the maximum duration of a raised alert. */
  alert: z.object({ validFor: seconds(60, 72 * hour), most: seconds(hour, 72 * hour) }),
  /** The words that prove the help desk to a caller. */
  phrase: z.object({ validFor: seconds(60, 900) }),
  resetLink: z.object({ validFor: seconds(300, 24 * hour) }),
  contactCoolDown: seconds(0, 90 * 24 * hour),
  failedChecks: z.object({ most: z.int().min(1).max(3), within: seconds(hour, 7 * 24 * hour) }),
  operatorSession: z.object({
    idleLock: seconds(60, hour),
    overall: seconds(hour, 24 * hour),
    reauthenticateAfter: seconds(60, 24 * hour),
    /** Which operators need an authenticator in addition to the password. */
    secondFactor: z.enum(['required', 'optional']),
    /** The longest lock after an operator's wrong passwords or codes; the first lasts a minute. */
    lockAtMost: seconds(60, 24 * hour),
  }),
  signIn: z.object({
    failures: z.int().min(3).max(100),
    lockFor: seconds(30, 24 * hour),
    /** Whether the self-service pages ask users with an authenticator for its code. */
    userSecondFactor: z.boolean().default(true),
  }),
  /** What users can do without the help desk. Limits are requests an hour, or a day for one account. */
  selfService: z
    .object({
      /** Tiers whose users can reset their password with only a mailed link. */
      tiers: z.array(z.enum(tiers)),
      perAddress: z.int().min(1).max(100_000),
      perAccount: z.int().min(1).max(1000),
      /**
       * Requests that name no account. Requests that name one are answered up to 20 times as many, so that strangers cannot use up the limit of real
       * users.
       */
      perNetwork: z.int().min(1).max(100_000),
      /** Networks without that limit, such as an office behind one address: addresses or CIDR blocks with commas between. */
      exemptNetworks: typedLine(1000)
        .refine(
          (text) => networksOf(text).every(isNetwork),
          'Enter networks such as 192.0.2.0/24, separated by commas.',
        )
        .default(''),
    })
    .default(selfServiceDefaults),
  /** How accounts that come from files and directories are read and guarded. */
  accounts: z
    .object({
      /** The country (ISO 3166, such as DE) of phone numbers without a country code; empty if the numbers come from several countries. */
      phoneCountry: z
        .string()
        .trim()
        .toUpperCase()
        .regex(/^([A-Z]{2})?$/, 'Enter two letters, such as DE.'),
      /**
       * Whether the contact data of an account that was just created in a directory waits like changed data. A person who may create accounts there can
       * use the new one anyway.
       */
      newAccountsWait: z.boolean().default(false),
      /** An import that changes contact data, tier, manager or status of more accounts, or closes more, needs a second administrator. */
      massChange: z.object({ percent: z.int().min(1).max(100), accounts: z.int().min(1).max(1_000_000) }),
    })
    .default(accountsDefaults),
  /** The contact data that users can change. */
  ownContact: z
    .object({
      email: z.boolean(),
      phone: z.boolean(),
      /** The number of addresses in addition to the directory's; 0 for none. */
      recoveryAddresses: z.int().min(0).max(5),
      /** Directories that keep their accounts' contact data themselves. */
      directories: z.array(z.enum(directories)),
      /** Tells the users of those directories where to change it. */
      where: typedLine(300),
    })
    .default(ownContactDefaults),
  /** How users are told of a required reset, and what happens to a password that is not replaced in time. */
  requiredReset: z
    .object({
      mailsPerMinute: z.int().min(1).max(6000),
      remindBefore: reminderDays,
      remindAfter: reminderDays,
      afterDue: z.enum(['nothing', 'block']),
    })
    .default(requiredResetDefaults),
  /** Changes that weaken a protection: whether a second administrator must approve them where there is one, and how long they wait. */
  protectedChanges: z
    .object({
      secondAdministrator: z.boolean(),
      validFor: seconds(hour, 14 * 24 * hour),
    })
    .default(protectedChangesDefaults),
  passwords: passwordSection,
  /** Who is notified of a reset in addition to the account's owner. */
  notifications: z.object({ manager: z.enum(['never', 'sensitive', 'always']) }),
  /** How users reach the help desk, for mails and pages. Empty fields are left out. */
  deskContact: z.object({
    phone: typedLine(60),
    email: typedLine(254),
    hours: typedLine(120),
    /** Whose help desk it is, as users know it; in mails and on pages. Empty to leave it out. */
    organisation: typedLine(100).default(''),
    /** The IANA name of the time zone of mails; empty for that of the backend's computer. */
    timeZone: z.string().max(60).refine(isTimeZone, 'This time zone is unknown.').default(''),
  }),
});
export type PolicyDocument = z.infer<typeof policyDocument>;

/** The numbers come from the product's guide, NIST SP 800-63B-4, OWASP ASVS 5 and FBI/CISA AA23-320A. */
export const defaultPolicy: PolicyDocument = {
  caseFields: { ticket: 'optional', reason: 'optional' },
  case: { idle: 60 * 60 },
  code: { digits: 6, validFor: 5 * 60, tries: 3 },
  callBack: { validFor: 15 * 60 },
  managersWord: { validFor: 30 * 60 },
  checksOff: checkKinds.filter((kind) => checkRow(kind).off),
  weakChecks: checkKinds.filter((kind) => checkRow(kind).weak),
  points: forEachKind((kind) => checkTable[kind].points),
  bars: { standard: 60, sensitive: 90, privileged: 120 },
  unlockBars: unlockBarsDefaults,
  factors: { standard: 1, sensitive: 2, privileged: 2 },
  grant: { validFor: 10 * 60 },
  temporaryPassword: {
    validFor: 60 * 60,
    style: 'words',
    minBits: temporaryBits.min,
    modes: ['spoken', 'sealed', 'split'],
    defaultModes: { standard: 'spoken', sensitive: 'spoken', privileged: 'spoken' },
    accessPass: false,
    accessPassFor: hour,
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
  accounts: accountsDefaults,
  ownContact: ownContactDefaults,
  requiredReset: requiredResetDefaults,
  protectedChanges: protectedChangesDefaults,
  passwords: {
    preset: 'classic',
    history: 24,
    demands: {},
    directories: {},
    breached: { refuse: false, timeout: 1500 },
  },
  notifications: { manager: 'sensitive' },
  deskContact: { phone: '', email: '', hours: '', organisation: '', timeZone: '' },
};
