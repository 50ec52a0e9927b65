/** Requesting a reset link. */
export const forgot = {
  title: 'Forgot password?',
  lead: 'Enter your email address or user name. We will send a reset link to the email address on file for your account.',
  address: 'Email address or user name',
  identifierHint: 'Your employee number works as well.',
  button: 'Reset password',
  toLogin: 'Go to the sign-in page',
  invalidAddress: 'Enter a complete email address, such as name@example.com, or your user name.',
  noMail: 'We cannot send emails at the moment, so you cannot get a reset link here. Contact the help desk.',
  limited: 'Too many requests. You can try again at {{time}}, in {{duration}}.',
  sent: {
    title: 'Check your email',
    lead: 'If {{address}} belongs to an account, we have sent a reset link to its email address on file.',
    next: 'Open the link in the email and choose a new password. The link works once and expires after {{hours}}.',
    missing:
      'No email after a few minutes? Look in your spam folder and check what you entered for typos. For your security, this page looks the same whether or not it belongs to an account.',
    mailbox:
      'Do you need this password to open that mailbox? Then try again with your recovery address, if you have added one, or contact the help desk.',
    delayed: 'Emails are delayed at the moment. If the link does not arrive in time, contact the help desk.',
    again: 'Try again',
  },
} as const;
