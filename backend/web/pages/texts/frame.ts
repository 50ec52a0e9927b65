/** What stands around every page. */
export const frame = {
  signOut: 'Sign out',
  neverAsks: 'Nobody will ever ask you for your password, neither by e-mail nor by phone.',
  help: 'When it does not work',
} as const;
