/** Requesting a reset link. */
export const forgot = {
  title: 'Forgot password?',
  lead: 'Enter the email address on file for your account. We will email you a reset link.',
  address: 'Email address',
  button: 'Reset password',
  toLogin: 'Go to the sign-in page',
  invalidAddress: 'Enter a complete email address, such as name@example.com.',
  limited: 'Too many requests. You can try again at {{time}}, in {{duration}}.',
  sent: {
    title: 'Check your email',
    lead: 'If an account uses this address, we have sent a reset link to it: {{address}}',
    next: 'Open the link in the email and choose a new password. The link works once and expires after {{hours}}.',
    missing:
      'No email after a few minutes? Look in your spam folder and check the address for typos. For your security, this page looks the same whether or not an account uses the address.',
    again: 'Try another address',
  },
} as const;
