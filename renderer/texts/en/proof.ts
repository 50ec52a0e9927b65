/** Words for proving oneself once more. */
export const proofTexts = {
  title: 'Prove that it is you',
  lead: 'Your last proof is some time ago. This change needs a fresh one.',
  password: 'Password',
  code: 'Code of your authenticator',
  useCode: 'Use a code instead',
  usePassword: 'Use the password instead',
  useProvider: 'Use {{name}} instead',
  opensBrowser: 'Your browser opens at {{name}}, where you sign in once more. No password is needed here.',
  inBrowser: 'Your browser is open at {{name}}. Sign in there once more, then come back.',
  giveUp: 'Give up',
  cancel: 'Cancel',
  button: 'Go on',
} as const;
