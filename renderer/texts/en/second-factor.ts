/** Words of the second factor: the code at sign-in, the enrolment, the recovery codes. */
export const secondFactorTexts = {
  cancel: 'Cancel',
  code: {
    title: 'Enter your code',
    lead: 'Your authenticator application shows it. A recovery code works as well.',
    label: 'Code',
    button: 'Sign in',
    back: 'Start again',
  },
  enrol: {
    title: 'Set up your second factor',
    lead: 'From now on a code of your phone belongs to your sign-in, so that your password alone is not enough.',
    app: 'Open an authenticator application on your phone, or install one.',
    scan: 'Scan this picture with it.',
    picture: 'QR code with the secret for the authenticator application',
    type: 'Or type this secret:',
    code: 'Code that the application shows now',
    button: 'Take into use',
  },
  recovery: {
    title: 'Recovery codes',
    lead: 'Each of these codes gets you in once when your phone is not there. They are shown this one time: keep them where your phone is not.',
    copy: 'Copy codes',
    print: 'Print codes',
    save: 'Save codes',
    saved: 'Saved as {{name}}.',
    kept: 'I have kept the codes',
    done: 'Go on',
  },
} as const;
