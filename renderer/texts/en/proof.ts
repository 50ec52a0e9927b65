/** Words for proving oneself once more. */
export const proofTexts = {
  title: 'Prove that it is you',
  lead: 'Your last proof is some time ago. This change needs a fresh one.',
  password: 'Password',
  code: 'Code of your authenticator',
  useCode: 'Use a code instead',
  usePassword: 'Use the password instead',
  cancel: 'Cancel',
  button: 'Go on',
} as const;
