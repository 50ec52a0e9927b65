/** What a reset link leads to. */
export const link = {
  dead: 'This link is no longer good',
  why: 'It was used, replaced by a newer one, or is too old. Call the help desk, and they will send you another.',
  toLogin: 'Go to the sign-in page',
} as const;
