import { commonPlaceholders, lines, notMeLines, type DefaultTemplate } from './default-template.ts';

/** Mails about what changes around an account: how its owner is reached and signs in, and what is held or stopped. */
export const ownChangeTemplates = {
  'contact-changed': {
    subject: 'Your contact data was changed',
    body: lines(
      'Hello {{name}},',
      '',
      'On {{time}} the contact data of your account was changed: {{what}}. For some days it can neither verify you nor receive a link.',
      '',
      ...notMeLines,
    ),
    mandatory: ['notMe'],
    optional: ['what', ...commonPlaceholders],
  },
  'sign-in-method-changed': {
    subject: 'How you sign in was changed',
    body: lines(
      'Hello {{name}},',
      '',
      'On {{time}} this was changed for your account: {{what}}.',
      '',
      ...notMeLines,
    ),
    mandatory: ['notMe'],
    optional: ['what', ...commonPlaceholders],
  },
  'reset-link-notice': {
    subject: 'A link for a new password was sent',
    body: lines(
      'Hello {{name}},',
      '',
      'On {{time}} the help desk sent a link for a new password for your account {{userName}} to {{what}}. Your password is good until the link is used.',
      '',
      ...notMeLines,
    ),
    mandatory: ['notMe'],
    optional: ['what', ...commonPlaceholders],
  },
  'contact-code': {
    subject: 'Confirm this address',
    body: lines(
      'This address is to be put on file for the account {{userName}} of {{name}}. The code is {{code}}',
      '',
      'Type it on the page that asked for it, within {{minutes}} minutes. Nobody will ask you for it, by mail or by phone.',
      '',
      'If you do not know of it, do not tell this code to anybody. Somebody may be in the account, or has mistyped an address. Stop it here:',
      '',
      '{{notMe}}',
      '',
      '{{contact}}',
    ),
    mandatory: ['code', 'notMe'],
    optional: ['minutes', ...commonPlaceholders],
  },
  'change-held': {
    subject: 'A change of your account waits for the help desk',
    body: lines(
      'Hello {{name}},',
      '',
      'On {{time}} this was asked for, a short time after your password was reset: {{what}}. Nothing is changed yet. Somebody at the help desk has to agree first; when nobody does by {{due}}, it is dropped.',
      '',
      ...notMeLines,
    ),
    mandatory: ['notMe'],
    optional: ['what', 'due', ...commonPlaceholders],
  },
  'change-dropped': {
    subject: 'A change of your account was not made',
    body: lines(
      'Hello {{name}},',
      '',
      'This was asked for and is not made: {{what}}. {{how}}',
      '',
      ...notMeLines,
    ),
    mandatory: ['notMe'],
    optional: ['what', 'how', ...commonPlaceholders],
  },
  'account-frozen': {
    subject: 'Your account is frozen',
    body: lines(
      'Hello {{name}},',
      '',
      'On {{time}} your account was frozen, because somebody said that a reset was not theirs. Nobody can sign in or set a password until the help desk has talked to you.',
      '',
      'If it is let go without anybody having talked to you, stop it again here:',
      '',
      '{{notMe}}',
      '',
      '{{contact}}',
    ),
    mandatory: ['notMe'],
    optional: commonPlaceholders,
  },
  'account-unfrozen': {
    subject: 'Your account can be used again',
    body: lines(
      'Hello {{name}},',
      '',
      'The help desk let your account go on {{time}}. If you have no password any more, ask for a new one.',
      '',
      ...notMeLines,
    ),
    mandatory: ['notMe'],
    optional: commonPlaceholders,
  },
} as const satisfies Readonly<Record<string, DefaultTemplate>>;
