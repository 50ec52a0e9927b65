import type { PolicyDocument } from '../../../shared/api/policy.ts';

type Leaf = string | number | boolean | readonly unknown[];
/** A label for every rule of the policy: what has none does not compile. A string instead of a group names each of it by `{{what}}`. */
type Labels<T> = T extends Leaf
  ? string
  : string | { readonly [Name in keyof T]-?: Labels<NonNullable<T[Name]>> };

const demands = {
  shortest: 'At least so many characters',
  upper: 'An upper-case letter',
  lower: 'A lower-case letter',
  digit: 'A number',
  special: 'A special character',
  kinds: 'So many of these four kinds, whichever',
  names: 'Nothing of the user’s names and address',
  common: 'No common password or word',
  predictable: 'No repetition, no run along the keyboard',
  blocked: 'Words it may not contain, one in a line',
  history: 'None of the last so many passwords',
  breached: 'Not on the list of breached passwords',
} as const;

const fields = {
  caseFields: { ticket: 'Ticket', reason: 'Reason' },
  case: { idle: 'Case ends without activity after (minutes)' },
  code: {
    digits: 'Digits of a code',
    validFor: 'Code valid for (minutes)',
    tries: 'Tries for a code',
  },
  callBack: { validFor: 'Call-back or badge may take (minutes)' },
  managersWord: { validFor: 'Manager may take (minutes)' },
  checksOff: 'Checks that are not offered',
  weakChecks: 'Checks that are off under a raised alert',
  points: 'Points for {{what}}',
  bars: 'Points needed for {{what}}',
  factors: 'Different kinds of check for {{what}}',
  grant: { validFor: 'Time between the check and the reset (minutes)' },
  temporaryPassword: {
    validFor: 'Temporary password valid for (minutes)',
    style: 'Temporary passwords',
    modes: 'Ways that temporary passwords may go',
    defaultModes: 'Way when nothing is chosen: {{what}}',
  },
  approvals: {
    tiers: 'Tiers that always need four eyes',
    validFor: 'Approval may take (minutes)',
    provedWithin: 'Approver’s password or code no older than (seconds)',
  },
  toxicCombination: { within: 'Reset and change of contact data this close need four eyes (hours)' },
  alert: { validFor: 'Alert lasts, unless said otherwise (hours)', most: 'Alert lasts at most (hours)' },
  phrase: { validFor: 'Phrase that proves the desk valid for (minutes)' },
  resetLink: { validFor: 'Reset link valid for (hours)' },
  contactCoolDown: 'Changed contact data cannot be used for (days)',
  failedChecks: {
    most: 'Failed checks of an account until only an approver can go on',
    within: 'Failed checks count for (hours)',
  },
  operatorSession: {
    idleLock: 'Console locks without activity after (minutes)',
    overall: 'Sign-in lasts at most (hours)',
    reauthenticateAfter: 'Password or code again before a reset after (minutes)',
    secondFactor: 'Second factor of operators',
    lockAtMost: 'Lock after wrong passwords or codes grows up to (minutes)',
  },
  signIn: {
    failures: 'Wrong passwords until an account is locked',
    lockFor: 'An account is locked for (minutes)',
    userSecondFactor: 'Users with an authenticator are asked for its code',
  },
  selfService: {
    tiers: 'Tiers that may reset their password by a mailed link alone',
    perAddress: 'Requests an hour for one e-mail address',
    perAccount: 'Links a day for one account',
    perNetwork: 'Requests an hour from one network',
  },
  ownContact: {
    email: 'Users may change their e-mail address',
    phone: 'Users may change their phone number',
    recoveryAddresses: 'Recovery addresses that a user may keep',
    directories: 'Directories that keep addresses and numbers themselves',
    where: 'Where users of those change them',
  },
  requiredReset: {
    mailsPerMinute: 'Mails a minute',
    remindBefore: 'Reminders: days before the due date',
    remindAfter: 'Reminders: days after the due date',
    afterDue: 'After the due date',
  },
  passwords: {
    preset: 'New passwords',
    history: 'None of the last so many passwords',
    demands,
    directories: { 'built-in': demands, 'active-directory': demands, ldap: demands, keycloak: demands },
    breached: {
      refuse: 'Refuse breached passwords',
      timeout: 'Wait for the list at most (milliseconds)',
    },
  },
  notifications: { manager: 'Tell the manager of a reset' },
  deskContact: {
    phone: 'Help desk: phone',
    email: 'Help desk: mail',
    hours: 'Help desk: hours',
    timeZone: 'Time zone of mails',
  },
} as const satisfies Labels<PolicyDocument>;

const needed = { optional: 'Optional', required: 'Required' } as const;
const modes = { spoken: 'Read out', sealed: 'Sealed', split: 'Split: half read out, half sent' } as const;

/** Words of the policy and of everything in it. */
export const policyTexts = {
  title: 'Policy',
  save: 'Save policy',
  version: 'Version {{version}}, in force since {{time}}',
  original: 'As delivered. Nobody has changed it yet.',
  unchanged: 'Nothing is changed.',
  changed_one: '{{count}} rule is changed.',
  changed_other: '{{count}} rules are changed.',
  wrong_one: '{{count}} rule cannot be saved as it is. It is marked.',
  wrong_other: '{{count}} rules cannot be saved as they are. They are marked.',
  topics: {
    cases: 'Cases',
    verification: 'Verification',
    resets: 'Passwords and links handed over',
    passwords: 'New passwords',
    fourEyes: 'Four eyes and alerts',
    operators: 'Operators’ sessions',
    users: 'Self-service and sign-in of users',
    requiredResets: 'Required resets',
    told: 'Who is told, and how to reach the desk',
  },
  fields,
  /** Beside a label where it needs more words. */
  hints: {
    deskContact: { timeZone: 'Such as Europe/Berlin. Empty: as the server’s clock.' },
    case: { idle: 'Its operator opens a new one.' },
    grant: { validFor: 'Afterwards the caller has to be checked again.' },
    temporaryPassword: { style: 'Both are as hard to guess.' },
    toxicCombination: { within: 'Who changes an address and then resets may be somebody else.' },
    contactCoolDown: 'It neither verifies a caller nor receives a secret meanwhile. 0: at once.',
    operatorSession: { secondFactor: 'Required: whoever has none sets one up at the next sign-in.' },
    selfService: {
      tiers: 'None: nobody gets a link without the desk.',
      perAddress: 'Whoever asks more often gets the same page and no mail.',
      perNetwork: 'All computers behind one address together.',
    },
    ownContact: {
      recoveryAddresses: 'Told of everything that happens to the account. 0: none.',
      directories: 'Their users are told where to change them instead.',
    },
    passwords: {
      breached: {
        refuse: {
          none: 'No list is set up: nothing is looked up. The server’s RESET_DESK_BREACHED_PASSWORDS names a folder of range files or a range API.',
          files:
            'Looked up in a folder of the server. What cannot be read there passes, and the audit log says so.',
          'range-api':
            'Looked up at a range API that learns five digits of a hash. If it does not answer in time the password passes, and the audit log says so.',
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
        nothing: 'The old password still leads to the change',
        block: 'The old password is not accepted any more',
      },
    },
    passwords: {
      preset: {
        classic: 'At least 8 characters of every kind',
        nist: 'At least 15 characters, whichever (NIST)',
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
    title: 'Asked on top',
    everywhere: 'Of every account',
    of: 'Only of accounts in {{directory}}',
    count_one: '{{count}} demand',
    count_other: '{{count}} demands',
    asked: 'Asked already',
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
    amount: 'From {{least}} to {{most}}.',
    whole: 'A whole number from {{least}} to {{most}}.',
    amounts: 'Up to ten whole numbers from {{least}} to {{most}}, with commas between them.',
    text: 'At most {{most}} characters.',
    texts: 'Up to 1000 words of {{least}} to {{most}} characters, one in a line.',
    many: 'Choose one at least.',
    'mode-not-allowed': 'This way is not allowed. Allow it, or choose another.',
    'longer-than-at-most': 'Longer than alerts may last at most.',
  },
  values: { on: 'yes', off: 'no', none: 'none', left: 'not asked' },
} as const;
