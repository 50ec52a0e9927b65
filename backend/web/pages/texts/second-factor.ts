/** The second step of a sign-in. */
export const secondFactor = {
  title: 'Two-factor authentication',
  lead: 'Enter the 6-digit verification code from your authenticator app.',
  code: 'Verification code',
  hint: 'Lost your phone? Enter one of your recovery codes instead.',
  button: 'Sign in',
  wrong: 'The code is wrong or was already used. Wait for the next one.',
  back: 'Start over',
} as const;
