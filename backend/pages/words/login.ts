/** Sign in. */
export const login = {
  title: 'Sign in',
  userName: 'User name',
  password: 'Password',
  button: 'Sign in',
  wrong:
    'The user name or the password is wrong, or there were too many tries. Check both; after five wrong tries, wait a quarter of an hour.',
  disabled: 'This account is disabled. Call the help desk.',
  expired: 'This account has expired. Call the help desk.',
  frozen: 'This account is frozen, because its owner said that a reset was not theirs. Call the help desk.',
  'no-local-password': 'This account has no password here. Sign in where your organisation keeps it.',
  'temporary-expired': 'This temporary password has expired. Call the help desk for a new one.',
  'link-used': 'Your new password is set. Sign in with it.',
  'signed-out': 'You are signed out.',
  'session-over': 'Your time for the change was over. Sign in again.',
  slow: 'There were too many tries from this computer. Wait a minute, then try again.',
} as const;
