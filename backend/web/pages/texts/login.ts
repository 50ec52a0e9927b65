/** Sign in. */
export const login = {
  title: 'Sign in',
  userName: 'User name',
  password: 'Password',
  button: 'Sign in',
  forgot: 'Forgot Password?',
  wrong:
    'The user name or the password is wrong, or there were too many tries. Check both; after some wrong tries, wait a quarter of an hour. If something else stands in the way, we have told the owner by e-mail.',
  'temporary-expired': 'This temporary password has expired. Call the help desk for a new one.',
  'required-overdue':
    'This password had to be replaced in time and was not, so it is not accepted any more. Press “Forgot Password?” for a link to a new one, or call the help desk.',
  'signed-out': 'You are signed out.',
  'session-over': 'Your time for this was over. Sign in again.',
  busy: 'Very many people are signing in just now. Wait a few seconds, then try again.',
  slow: 'There were too many tries from this computer. Wait a minute, then try again.',
} as const;
