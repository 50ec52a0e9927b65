import type { PolicyDocument } from '../../../shared/api/policy.ts';

type Leaf = string | number | boolean | readonly unknown[];
/** A label for every rule of the policy; a rule without one does not compile. A string in place of a group labels each of its rules with `{{what}}`. */
type Labels<T> = T extends Leaf
  ? string
  : string | { readonly [Name in keyof T]-?: Labels<NonNullable<T[Name]>> };

const demands = {
  shortest: 'Minimum length (characters)',
  upper: 'At least one uppercase letter',
  lower: 'At least one lowercase letter',
  digit: 'At least one digit',
  special: 'At least one special character',
  kinds: 'Minimum number of these four kinds',
  names: 'No part of the user’s name or email address',
  common: 'No common passwords or words',
  predictable: 'No repetitions or keyboard sequences',
  blocked: 'Blocked words, one per line',
  history: 'Number of previous passwords that cannot be used again',
  breached: 'Not on the list of breached passwords',
} as const;

const fields = {
  caseFields: { ticket: 'Ticket', reason: 'Reason' },
  case: { idle: 'Case expires without activity after (minutes)' },
  code: {
    digits: 'Digits in a code',
    validFor: 'Code valid for (minutes)',
    tries: 'Tries per code',
  },
  callBack: { validFor: 'Time limit for a call-back or badge (minutes)' },
  managersWord: { validFor: 'Time limit for the manager’s answer (minutes)' },
  checksOff: 'Checks that are not offered',
  weakChecks: 'Checks that are off under a raised alert',
  points: 'Points for {{what}}',
  bars: 'Points needed for {{what}}',
  unlockBars: 'Points needed to unlock {{what}}',
  factors: 'Different kinds of check for {{what}}',
  grant: { validFor: 'Time allowed between the last check and the reset (minutes)' },
  temporaryPassword: {
    validFor: 'Temporary password valid for (minutes)',
    style: 'Style of temporary passwords',
    minBits: 'Minimum strength of temporary passwords (bits)',
    modes: 'Allowed ways to deliver temporary passwords',
    defaultModes: 'Default delivery: {{what}}',
    accessPass: 'Offer one-time passes (Temporary Access Passes) of Microsoft Entra ID',
    accessPassFor: 'One-time pass valid for (minutes)',
  },
  approvals: {
    tiers: 'Tiers that always need approval',
    validFor: 'Time limit for an approval (minutes)',
    provedWithin: 'Approver must have confirmed their identity within (seconds)',
  },
  toxicCombination: {
    within: 'A reset needs approval if contact data changed before or after it within (hours)',
  },
  alert: { validFor: 'Default alert duration (hours)', most: 'Maximum alert duration (hours)' },
  phrase: { validFor: 'Words that prove the operator’s identity are valid for (minutes)' },
  resetLink: { validFor: 'Reset link valid for (hours)' },
  contactCoolDown: 'Days before changed contact data can be used',
  failedChecks: {
    most: 'Failed checks before only an approver can continue',
    within: 'Failed checks are counted for (hours)',
  },
  operatorSession: {
    idleLock: 'Console locks without activity after (minutes)',
    overall: 'Sign-in lasts at most (hours)',
    reauthenticateAfter: 'Operators confirm their identity before a reset after (minutes)',
    secondFactor: 'Two-factor authentication for operators',
    lockAtMost: 'Maximum lock after wrong passwords or codes (minutes)',
  },
  signIn: {
    failures: 'Wrong passwords before an account is locked',
    lockFor: 'Account stays locked for (minutes)',
    userSecondFactor: 'Ask users with an authenticator for a verification code',
  },
  selfService: {
    tiers: 'Tiers that can reset their password with only an emailed link',
    perAddress: 'Requests per hour for one email address',
    perAccount: 'Links per day for one account',
    perNetwork: 'Requests per hour from one network that match no account',
    exemptNetworks: 'Networks without this limit',
  },
  accounts: {
    phoneCountry: 'Country of phone numbers without a country code',
    newAccountsWait: 'Contact data of new accounts in directories waits like changed contact data',
    massChange: {
      percent: 'An import needs a second administrator above (percent of accounts)',
      accounts: 'An import needs a second administrator above (accounts)',
    },
  },
  ownContact: {
    email: 'Users can change their email address',
    phone: 'Users can change their phone number',
    recoveryAddresses: 'Recovery addresses per user',
    directories: 'Directories that manage email addresses and phone numbers themselves',
    where: 'Where users of these directories change them',
  },
  requiredReset: {
    mailsPerMinute: 'Emails per minute',
    remindBefore: 'Reminders: days before the due date',
    remindAfter: 'Reminders: days after the due date',
    afterDue: 'After the due date',
  },
  protectedChanges: {
    secondAdministrator: 'Changes that weaken protection need a second administrator',
    validFor: 'Time limit for a second administrator’s approval (hours)',
  },
  passwords: {
    preset: 'New passwords',
    history: 'Number of previous passwords that cannot be used again',
    demands,
    directories: {
      'built-in': demands,
      'active-directory': demands,
      ldap: demands,
      keycloak: demands,
      entra: demands,
    },
    breached: {
      refuse: 'Refuse breached passwords',
      timeout: 'Timeout of the lookup (milliseconds)',
    },
  },
  notifications: { manager: 'Notify the manager of a reset' },
  deskContact: {
    phone: 'Help desk phone',
    email: 'Help desk email',
    hours: 'Help desk hours',
    organisation: 'Organisation’s name in emails and on pages',
    timeZone: 'Time zone for emails',
  },
} as const satisfies Labels<PolicyDocument>;

const needed = { optional: 'Optional', required: 'Required' } as const;
const modes = { spoken: 'Read out', sealed: 'Sealed', split: 'Split: half read out, half sent' } as const;

/** Texts of the policy and its rules. */
export const policyTexts = {
  title: 'Policy',
  version: 'Version {{version}}, in force since {{time}}',
  original: 'This is the default policy. It has not been changed yet.',
  unchanged: 'No changes.',
  changed_one: '{{count}} rule changed.',
  changed_other: '{{count}} rules changed.',
  wrong_one: '{{count}} rule is not valid. Correct the marked rule.',
  wrong_other: '{{count}} rules are not valid. Correct the marked rules.',
  topics: {
    cases: 'Cases',
    verification: 'Verification',
    resets: 'Temporary passwords and reset links',
    passwords: 'New passwords',
    fourEyes: 'Approvals and alerts',
    operators: 'Operator sessions',
    users: 'Self-service and user sign-in',
    accounts: 'Imported accounts',
    requiredResets: 'Required resets',
    notifications: 'Notifications and help desk contact',
  },
  fields,
  /** Explanations next to a label. */
  hints: {
    deskContact: { timeZone: 'For example, Europe/Berlin. Leave empty to use the server’s time zone.' },
    case: { idle: 'To continue, the operator opens a new case for the caller.' },
    grant: { validFor: 'After that, the caller must be checked again.' },
    temporaryPassword: {
      style:
        'Both are equally hard to guess. A password of words takes 11 spoken words to read out; two groups of characters take about 40.',
      accessPass:
        'A pass signs the caller in without password and second factor. It needs the evidence that privileged accounts need.',
      minBits:
        '44 bits are four words and two digits. This is enough because the password works only once and for a limited time, and five wrong tries lock the account. More bits make it longer to read out.',
    },
    toxicCombination: { within: 'An attacker might change an address first and then ask for a reset.' },
    contactCoolDown:
      'Until then, changed contact data can neither verify a caller nor receive a secret. With 0, it can be used at once.',
    protectedChanges: {
      secondAdministrator: 'Applies while at least two administrators can sign in.',
    },
    operatorSession: { secondFactor: 'Required: operators without it set it up at the next sign-in.' },
    selfService: {
      tiers: 'With no selection, users cannot get a link without the help desk.',
      perAddress: 'Above this limit, users see the same page but get no email.',
      perNetwork:
        'All computers behind one address are counted together. Requests that match an account have a separate limit, which is 20 times as high.',
      exemptNetworks: 'Such as an office behind one address: 192.0.2.0/24, 2001:db8::/32.',
    },
    accounts: {
      phoneCountry:
        'Two letters, such as DE. Leave empty if numbers without a country code are from several countries.',
      newAccountsWait:
        'New employees then cannot be verified by email or phone during the waiting time of changed contact data.',
      massChange: {
        percent:
          'Changed contact data, tiers, managers and statuses, and closed accounts are counted separately.',
        accounts: 'The limit that is reached first applies.',
      },
    },
    ownContact: {
      recoveryAddresses:
        'They are notified of everything that happens to the account. With 0, users cannot add any.',
      directories: 'The pages tell their users where to change them instead.',
    },
    passwords: {
      breached: {
        refuse: {
          none: 'No list is set up, so no password is looked up. Set RESET_DESK_BREACHED_PASSWORDS on the server to a folder of range files or to a range API.',
          files:
            'Passwords are looked up in a folder on the server. If the folder cannot be read, the password is accepted and the audit log records it.',
          'range-api':
            'Passwords are looked up at a range API, which receives five digits of a hash. If it does not respond in time, the password is accepted and the audit log records it.',
        },
      },
    },
  },
  options: {
    caseFields: { ticket: needed, reason: needed },
    temporaryPassword: {
      style: { groups: 'Groups of characters', words: 'Words' },
      modes,
      defaultModes: { standard: modes, sensitive: modes, privileged: modes },
    },
    operatorSession: { secondFactor: needed },
    requiredReset: {
      afterDue: {
        nothing: 'The old password still lets the user choose a new one',
        block: 'The old password is no longer accepted',
      },
    },
    passwords: {
      preset: {
        classic: 'At least 8 characters, with every kind of character',
        nist: 'At least 15 characters of any kind (NIST)',
      },
    },
    ownContact: {
      directories: {
        'built-in': 'Built-in',
        'active-directory': 'Active Directory',
        ldap: 'LDAP',
        keycloak: 'Keycloak',
        entra: 'Microsoft Entra ID',
      },
    },
    notifications: {
      manager: {
        never: 'Never',
        sensitive: 'For sensitive and privileged accounts',
        always: 'For every account',
      },
    },
  },
  demands: {
    title: 'Additional rules',
    everywhere: 'For all accounts',
    of: 'Only for accounts in {{directory}}',
    count_one: '{{count}} rule',
    count_other: '{{count}} rules',
    asked: 'Already required',
    askedCount: 'Already {{count}}',
    path: '{{label}} ({{directory}})',
  },
  range: '{{least}} to {{most}}',
  durations: {
    day_one: '{{count}} day',
    day_other: '{{count}} days',
    hour_one: '{{count}} hour',
    hour_other: '{{count}} hours',
    minute_one: '{{count}} minute',
    minute_other: '{{count}} minutes',
    second_one: '{{count}} second',
    second_other: '{{count}} seconds',
  },
  faults: {
    amount: 'Enter a value from {{least}} to {{most}}.',
    whole: 'Enter a whole number from {{least}} to {{most}}.',
    amounts: 'Enter up to ten whole numbers from {{least}} to {{most}}, separated by commas.',
    text: 'Enter at most {{most}} characters.',
    texts: 'Enter up to 1,000 words of {{least}} to {{most}} characters, one per line.',
    many: 'Choose at least one.',
    'mode-not-allowed': 'This delivery is not allowed. Allow it, or choose another.',
    'longer-than-at-most': 'This is longer than the maximum alert duration.',
  },
  values: { on: 'yes', off: 'no', none: 'none', left: 'not required' },
} as const;
