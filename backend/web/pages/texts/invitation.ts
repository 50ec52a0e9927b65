/** The page behind an operator's emailed link. */
export const invitation = {
  invitation: {
    title: 'Join the help desk',
    lead: 'You have been invited to Reset Desk as {{userName}}. Choose a password. When you first sign in to the console, you will also set up an authenticator app.',
    button: 'Join',
  },
  password: {
    title: 'Choose a new password',
    lead: 'For the operator {{userName}}. This signs you out everywhere. Your two-factor authentication stays as it is.',
    button: 'Set password',
  },
  notSet: 'The password was not set:',
  done: {
    title: 'Your password is set',
    text: 'Open the Reset Desk console, connect to this server, and sign in with your user name and new password.',
    address: 'Server address: {{address}}',
  },
  dead: {
    title: 'This link is not valid',
    text: 'It was already used or replaced by a newer one, or it has expired. Ask an administrator for a new link.',
  },
} as const;
