/** Sign in. */
export const login = {
  title: 'Sign in',
  userName: 'User name or email address',
  identifierHint: 'Your employee number works as well.',
  password: 'Password',
  button: 'Sign in',
  forgot: 'Forgot password?',
  wrong:
    'The user name or password is wrong, or there were too many attempts. Check both; after several wrong attempts, wait {{duration}}. If something else blocks the account, we have emailed its owner.',
  'temporary-expired': 'This temporary password has expired. Call the help desk for a new one.',
  'required-overdue':
    'You did not change this password by the date that your organisation set, so it is no longer accepted. Select “Forgot password?” to reset it, or call the help desk.',
  unavailable:
    'Your organisation’s directory does not answer at the moment, so your password could not be checked. This does not count as an attempt. Try again in a few minutes, or call the help desk.',
  'signed-out': 'You are signed out.',
  'session-over': 'Your session has expired. Sign in again.',
  busy: 'Too many people are signing in right now. Wait a few seconds, then try again.',
  slow: 'Too many attempts from this computer. Wait a minute, then try again.',
} as const;
