/** Where a signed-in user is. */
export const account = {
  title: 'You are signed in',
  as: 'Signed in as',
  changed: 'Your new password is set.',
  change: 'Change password',
  signOut: 'Sign out',
} as const;
