/** Every text of the page behind an operator's mailed link. */
export const invitation = {
  invitation: {
    title: 'Join the help desk',
    lead: 'You have been invited to Reset Desk as',
    next: 'Choose your password. At your first sign-in in the console you set up an authenticator application as well.',
    button: 'Join',
  },
  password: {
    title: 'Choose a new password',
    lead: 'For the operator',
    next: 'All sessions of this operator end. The second factor stays as it is.',
    button: 'Set password',
  },
  done: {
    title: 'Your password is set',
    text: 'Open the Reset Desk console, connect to this server, and sign in with your user name and this password.',
    address: 'Server address:',
  },
  dead: {
    title: 'This link is no longer good',
    text: 'It was used, replaced by a newer one, or is too old. Ask an administrator to send you another.',
  },
} as const;
