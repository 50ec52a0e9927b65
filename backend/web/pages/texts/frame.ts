/** Header and footer of every page. */
export const frame = {
  signOut: 'Sign out',
  neverAsks: 'We will never ask for your password by email or phone.',
  help: 'Trouble signing in?',
  tickFirst: 'Tick the box first. Nothing has been changed yet.',
} as const;

/** A request that failed. */
export const trouble = {
  title: 'Something went wrong',
  unexpected:
    'It is not known whether your request was carried out. Check before you try again: if you were setting a password, sign in with the new one first. If it happens again, call the help desk and quote this reference: {{reference}}',
  refused:
    'Your request was not carried out. Open the page again and retry. If it happens again, call the help desk and quote this reference: {{reference}}',
  storage:
    'The server cannot save anything at the moment, so nothing was changed. Try again later, or call the help desk and quote this reference: {{reference}}',
  directory:
    'Your organisation’s directory, which keeps your password, did not accept the change or did not answer. Your password is unchanged. Try again later, or call the help desk.',
  unavailable: 'The service is not available at the moment. Wait a minute, then open the page again.',
  outcomeUnknown:
    'The connection to the service broke, so it is not known whether your last step was saved. If you chose a new password, sign in with it first. If that does not work, sign in with the old one and try again.',
  unreadable: 'This form could not be read, so nothing was changed. Open the page again and retry.',
  tooLarge: 'This form is too large, so nothing was changed. Enter less text.',
  slow: 'Too many attempts from this computer, so nothing was changed. Wait a minute, then try again.',
  busy: 'Too many people are signing in right now, so nothing was changed. Wait a few seconds, then try again.',
  crossOrigin:
    'This form was sent from another site, so nothing was changed. Open the page again and retry. If it happens again, the help desk’s server may not know its public address.',
} as const;

export const notFound = { title: 'Page not found' } as const;
