import type { PlaceholderName, TemplateName, TemplateWords } from '../../../shared/api/mail-template.ts';

export interface DefaultTemplate extends TemplateWords {
  /** Those without which the mail would be of no use. */
  readonly mandatory: readonly PlaceholderName[];
  readonly optional: readonly PlaceholderName[];
  /** What the button says that `{{link}}` becomes. */
  readonly linkLabel?: string;
}

const always = ['name', 'userName', 'time', 'contact'] as const;
const notYou = [
  'If this was not you, stop it here, and call the help desk:',
  '',
  '{{notMe}}',
  '',
  '{{contact}}',
];
const lines = (...all: string[]): string => all.join('\n');

/** The product's own words for every mail. The text in HTML is made from the same words. */
export const defaultTemplates: Readonly<Record<TemplateName, DefaultTemplate>> = {
  code: {
    subject: 'Your verification code',
    body: lines(
      'Your verification code is {{code}}',
      '',
      'It is valid for {{minutes}} minutes. You are on the phone with the help desk now: read it to them.',
      '',
      'If you did not call the help desk, do not tell this code to anybody: somebody may be trying to get into your account. Stop it here:',
      '',
      '{{notMe}}',
      '',
      '{{contact}}',
    ),
    mandatory: ['code', 'notMe'],
    optional: ['minutes', ...always],
  },
  'reset-link': {
    subject: 'Set a new password',
    body: lines(
      'Hello {{name}},',
      '',
      'The help desk sent you this link, with which you set a new password:',
      '',
      '{{link}}',
      '',
      'It can be used once, and for {{hours}} hours at most. Nobody will ever ask you for your password, by mail or by phone.',
      '',
      'If you did not ask for it, do not open it. Somebody may be trying to get into your account. Stop it here:',
      '',
      '{{notMe}}',
      '',
      '{{contact}}',
    ),
    mandatory: ['link', 'notMe'],
    optional: ['hours', ...always],
    linkLabel: 'Set a new password',
  },
  'password-reset': {
    subject: 'Your password was reset',
    body: lines(
      'Hello {{name}},',
      '',
      'The help desk reset your password on {{time}}. {{how}}',
      '',
      ...notYou,
    ),
    mandatory: ['notMe'],
    optional: ['how', ...always],
  },
  'password-changed': {
    subject: 'Your password was changed',
    body: lines(
      'Hello {{name}},',
      '',
      'A new password was chosen for your account on {{time}}.',
      '',
      ...notYou,
    ),
    mandatory: ['notMe'],
    optional: always,
  },
  'case-refused': {
    subject: 'A password reset was refused',
    body: lines(
      'Hello {{name}},',
      '',
      'On {{time}} somebody asked the help desk to reset your password and could not be verified. Your password is unchanged.',
      '',
      'If it was you, call again with another way to prove who you are.',
      '',
      ...notYou,
    ),
    mandatory: ['notMe'],
    optional: always,
  },
  'contact-changed': {
    subject: 'Your contact data was changed',
    body: lines(
      'Hello {{name}},',
      '',
      'On {{time}} the contact data of your account was changed: {{what}}. For some days it can neither verify you nor receive a link.',
      '',
      ...notYou,
    ),
    mandatory: ['notMe'],
    optional: ['what', ...always],
  },
  'sign-in-method-changed': {
    subject: 'How you sign in was changed',
    body: lines(
      'Hello {{name}},',
      '',
      'On {{time}} this was changed for your account: {{what}}.',
      '',
      ...notYou,
    ),
    mandatory: ['notMe'],
    optional: ['what', ...always],
  },
  'account-frozen': {
    subject: 'Your account is frozen',
    body: lines(
      'Hello {{name}},',
      '',
      'On {{time}} your account was frozen, because somebody said that a reset was not theirs. Nobody can sign in or set a password until the help desk has talked to you.',
      '',
      '{{contact}}',
    ),
    mandatory: [],
    optional: always,
  },
  'account-unfrozen': {
    subject: 'Your account can be used again',
    body: lines(
      'Hello {{name}},',
      '',
      'The help desk let your account go on {{time}}. If you have no password any more, ask for a new one.',
      '',
      ...notYou,
    ),
    mandatory: ['notMe'],
    optional: always,
  },
  'manager-notice': {
    subject: 'A password in your team was reset',
    body: lines(
      'Hello,',
      '',
      'The help desk reset the password of {{name}} ({{userName}}) on {{time}}. You get this mail because you are named as the manager.',
      '',
      'If neither of you knows of it, call the help desk.',
      '',
      '{{contact}}',
    ),
    mandatory: ['name'],
    optional: ['userName', 'time', 'contact'],
  },
  'self-service-link': {
    subject: 'Reset your password',
    body: lines(
      'Hello {{name}},',
      '',
      'A new password was asked for, for your account {{userName}}. Choose it here:',
      '',
      '{{link}}',
      '',
      'The link can be used once, and for {{hours}} hours at most. When it has expired, it says so and leads you to a new one. Nobody will ever ask you for your password, by mail or by phone.',
      '',
      'If you did not ask for it, your account may be at risk: somebody may be trying to get into it. Contact the administrator at once, and stop it here:',
      '',
      '{{notMe}}',
      '',
      '{{contact}}',
    ),
    mandatory: ['link', 'notMe'],
    optional: ['hours', ...always],
    linkLabel: 'Choose a new password',
  },
  'self-service-answer': {
    subject: 'About your request for a new password',
    body: lines(
      'Hello {{name}},',
      '',
      'A new password was asked for, for your account {{userName}}.',
      '',
      '{{what}}',
      '',
      ...notYou,
    ),
    mandatory: ['what', 'notMe'],
    optional: always,
  },
  'sign-in-obstacle': {
    subject: 'Why you cannot sign in',
    body: lines(
      'Hello {{name}},',
      '',
      'Somebody tried to sign in to your account {{userName}} on {{time}}.',
      '',
      '{{what}}',
      '',
      ...notYou,
    ),
    mandatory: ['what', 'notMe'],
    optional: always,
  },
};
