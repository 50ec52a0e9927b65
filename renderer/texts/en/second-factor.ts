/** Texts of two-factor authentication: the code at sign-in, the enrolment and the recovery codes. */
export const secondFactorTexts = {
  cancel: 'Cancel',
  code: {
    title: 'Enter your verification code',
    lead: 'Your authenticator app shows it. You can also enter a recovery code.',
    label: 'Verification code',
    button: 'Sign in',
    back: 'Start again',
  },
  enrol: {
    title: 'Set up two-factor authentication',
    lead: 'From now on, you sign in with your password and a code from your phone, so that your password alone is not enough.',
    app: 'Open an authenticator app on your phone, or install one.',
    scan: 'Scan this QR code with the app.',
    picture: 'QR code with the secret for the authenticator app',
    type: 'Or enter this secret:',
    code: 'Verification code from the app',
    button: 'Turn on',
  },
  recovery: {
    title: 'Recovery codes',
    lead: 'Each of these codes lets you sign in once without your phone. They are shown only now: keep them somewhere other than your phone.',
    copy: 'Copy codes',
    print: 'Print codes',
    save: 'Save codes',
    saved: 'Saved as {{name}}.',
    kept: 'I have saved the codes',
    done: 'Continue',
  },
} as const;
