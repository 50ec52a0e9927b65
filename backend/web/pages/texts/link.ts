/** What a reset link leads to when it is no longer good, and when it was used well. */
export const link = {
  dead: {
    used: {
      title: 'This link was used already',
      text: 'A link sets one password. If it was not you who used it, call the help desk at once, on a number that you know.',
    },
    replaced: {
      title: 'This link was replaced',
      text: 'A newer link was sent, or somebody has signed in or set a password since. Use the newest mail.',
    },
    expired: { title: 'This link has expired', text: 'Links are good for a limited time.' },
    unknown: {
      title: 'This link is no longer good',
      text: 'It may have been cut off in the mail, or the account cannot use it any more.',
    },
  },
  another: 'Ask for a new link',
  toLogin: 'Go to the sign-in page',
  done: {
    title: 'Your password was reset',
    text: 'Your new password is set.',
    notSignedIn: 'You were not signed in automatically. Sign in with your new password.',
    ended: 'Wherever else your account was signed in, it is signed out now.',
    told: 'A mail confirms the change. If you get one without having changed anything, call the help desk at once.',
    button: 'Sign in',
  },
} as const;
