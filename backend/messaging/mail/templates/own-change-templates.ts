import { commonPlaceholders, lines, notMeLines, type DefaultTemplate } from './default-template.ts';

/** Mails about changes to an account: contact data, sign-in methods, changes on hold, freezing. */
export const ownChangeTemplates = {
  'contact-changed': {
    subject: 'Your contact data was changed',
    body: lines(
      'Hello {{name}},',
      '',
      'On {{time}}, the contact data of your account was changed: {{what}}. For a few days, it cannot be used to verify you or to receive a reset link.',
      '',
      ...notMeLines,
    ),
    mandatory: ['notMe'],
    optional: ['what', ...commonPlaceholders],
  },
  'sign-in-method-changed': {
    subject: 'Your sign-in methods were changed',
    body: lines(
      'Hello {{name}},',
      '',
      'On {{time}}, the sign-in methods of your account were changed: {{what}}.',
      '',
      ...notMeLines,
    ),
    mandatory: ['notMe'],
    optional: ['what', ...commonPlaceholders],
  },
  'reset-link-notice': {
    subject: 'A reset link was sent',
    body: lines(
      'Hello {{name}},',
      '',
      'On {{time}}, the help desk sent a reset link for your account {{userName}} to {{what}}. Your password stays valid until the link is used.',
      '',
      ...notMeLines,
    ),
    mandatory: ['notMe'],
    optional: ['what', ...commonPlaceholders],
  },
  'contact-code': {
    subject: 'Confirm this address',
    body: lines(
      'Someone is adding this address to the account {{userName}} of {{name}}. The verification code is {{code}}',
      '',
      'Enter it on the page that asked for it, within {{minutes}} minutes. We will never ask for it by email or phone.',
      '',
      'If you do not know about this, do not tell the code to anyone. Someone may have access to the account, or may have mistyped an address. Stop them here:',
      '',
      '{{notMe}}',
      '',
      '{{contact}}',
    ),
    mandatory: ['code', 'notMe'],
    optional: ['minutes', ...commonPlaceholders],
  },
  'change-held': {
    subject: 'A change to your account is waiting for the help desk',
    body: lines(
      'Hello {{name}},',
      '',
      'On {{time}}, shortly after your password was reset, this change was requested: {{what}}. Nothing has been changed yet. The help desk has to approve the change by {{due}}, or it is cancelled.',
      '',
      ...notMeLines,
    ),
    mandatory: ['notMe'],
    optional: ['what', 'due', ...commonPlaceholders],
  },
  'change-dropped': {
    subject: 'A change to your account was not made',
    body: lines(
      'Hello {{name}},',
      '',
      'This change was requested but not made: {{what}}. {{how}}',
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
      'On {{time}}, your account was frozen because someone reported a reset that they had not asked for. No one can sign in or set a password until the help desk has spoken to you.',
      '',
      'If the account is unfrozen before anyone has spoken to you, freeze it again here:',
      '',
      '{{notMe}}',
      '',
      '{{contact}}',
    ),
    mandatory: ['notMe'],
    optional: commonPlaceholders,
  },
  'account-unfrozen': {
    subject: 'Your account is no longer frozen',
    body: lines(
      'Hello {{name}},',
      '',
      'The help desk unfroze your account on {{time}}. If you no longer have a password, request a new one on the sign-in page.',
      '',
      ...notMeLines,
    ),
    mandatory: ['notMe'],
    optional: commonPlaceholders,
  },
} as const satisfies Readonly<Record<string, DefaultTemplate>>;
