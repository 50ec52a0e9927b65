/** Header and footer of every page. */
export const frame = {
  signOut: 'Sign out',
  neverAsks: 'We will never ask for your password by email or phone.',
  help: 'Trouble signing in?',
} as const;

/** A request that failed. */
export const trouble = {
  title: 'Something went wrong',
  unexpected:
    'Nothing was changed. Go back and try again. If it happens again, call the help desk and quote this reference: {{reference}}',
  storage:
    'The server cannot save anything at the moment, so nothing was changed. Try again later, or call the help desk and quote this reference: {{reference}}',
  crossOrigin: 'This form was sent from another site, so it was not accepted. Open the page again and retry.',
} as const;

export const notFound = { title: 'Page not found' } as const;
