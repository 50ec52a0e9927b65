/** Reset links that are no longer valid, and the confirmation after a reset. */
export const link = {
  dead: {
    used: {
      title: 'This link was already used',
      text: 'A reset link works once. If you did not use it, call the help desk immediately, on a number you already know.',
    },
    replaced: {
      title: 'This link was replaced',
      text: 'A newer link was sent, or someone has signed in or set a password since. Use the link in your newest email.',
    },
    moved: {
      title: 'This link is no longer valid',
      text: 'The email address that it was sent to is no longer on file for the account. Request a new link at the current address.',
    },
    expired: { title: 'This link has expired', text: 'Reset links are valid for a limited time.' },
    unknown: {
      title: 'This link is not valid',
      text: 'The address may be incomplete, or the account can no longer use the link.',
    },
  },
  requestLink: 'Request a new link',
  toLogin: 'Go to the sign-in page',
  done: {
    title: 'Your password was reset',
    text: 'Your new password is set.',
    notSignedIn: 'You were not signed in automatically. Sign in with your new password.',
    signedOut: 'Your account was signed out everywhere else.',
    confirmed:
      'We have sent you a confirmation email. If you ever get one without changing your password, call the help desk immediately.',
    button: 'Sign in',
  },
} as const;
