/** The page behind "This was not me" in an email to the owner of an account. */
export const notMe = {
  good: {
    title: 'This was not you?',
    lead: 'Someone may be trying to get into the account {{userName}}.',
    effect:
      'Freezing the account takes effect immediately: reset links and temporary passwords stop working, all devices are signed out, and no one can sign in until the help desk has spoken to you.',
    confirm: 'I did not do this. Freeze the account.',
    button: 'Freeze the account',
  },
  frozen: {
    title: 'The account is frozen',
    text: 'No one can sign in or set a password, and the help desk has been alerted. Contact them: they will unfreeze the account once it is safe.',
  },
  dead: {
    title: 'This link is not valid',
    text: 'It has expired or was already used. If something happened to your account that you did not do, contact the help desk immediately.',
  },
} as const;
