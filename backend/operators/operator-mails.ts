import type { Mail } from '../mail/mailer.ts';
import type { OperatorsTable } from '../store/tables.ts';

export type LinkPurpose = 'invitation' | 'password';

const stamp = (at: number) => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const about = { accountId: null, caseId: null } as const;

/** The mail with an invitation, or with the link for a new password. */
export function operatorLinkMail({
  operator,
  email,
  purpose,
  link,
  expires,
}: {
  operator: OperatorsTable;
  email: string;
  purpose: LinkPurpose;
  link: string;
  expires: number;
}): Mail {
  const invited = purpose === 'invitation';
  const text = [
    `Hello ${operator.display_name},`,
    '',
    invited
      ? `You have been invited to the help desk's Reset Desk, with the user name ${operator.user_name}. Choose your password here:`
      : `An administrator has sent you this link to choose a new password for Reset Desk, user name ${operator.user_name}:`,
    '',
    link,
    '',
    `The link is good once, until ${stamp(expires)}.`,
    invited
      ? 'At your first sign-in you are asked to set up an authenticator application on your phone.'
      : 'Your second factor stays as it is.',
    '',
    invited
      ? 'If you do not expect this, ask your help desk before you follow the link.'
      : 'If you did not ask for this, tell an administrator at once.',
    '',
  ].join('\n');
  return {
    kind: 'operator-link',
    to: email,
    subject: invited ? 'Your invitation to Reset Desk' : 'Choose a new password for Reset Desk',
    text,
    ...about,
  };
}

/** Tells an operator that one of their recovery codes opened a session or proved them. */
export const recoveryCodeMail = (
  { display_name }: OperatorsTable,
  email: string,
  left: number,
  at: number,
): Mail => ({
  kind: 'notification',
  to: email,
  subject: 'A recovery code of yours was used',
  text: [
    `Hello ${display_name},`,
    '',
    `One of your recovery codes for Reset Desk was used on ${stamp(at)} in place of your authenticator. Codes left: ${left}.`,
    '',
    'If this was not you, tell an administrator at once: somebody has your password and your codes.',
    '',
  ].join('\n'),
  ...about,
});
