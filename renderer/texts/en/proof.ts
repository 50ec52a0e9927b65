/** Texts for confirming the operator's identity again. */
export const proofTexts = {
  title: 'Confirm that it is you',
  lead: 'You last confirmed your identity some time ago. Confirm it again to make this change.',
  password: 'Password',
  code: 'Verification code',
  useCode: 'Use a code instead',
  usePassword: 'Use the password instead',
  useProvider: 'Use {{name}} instead',
  opensBrowser: 'Your browser opens {{name}}, where you sign in again. You need no password here.',
  inBrowser: 'Your browser is open at {{name}}. Sign in there again, then come back.',
  giveUp: 'Stop waiting',
  cancel: 'Cancel',
  button: 'Continue',
} as const;
