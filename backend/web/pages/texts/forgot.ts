/** Asking for a link. The labels in headline case are the guide's. */
export const forgot = {
  title: 'Forgot your password?',
  lead: 'Type the e-mail address that your account has on file. We send a link to it with which you choose a new password.',
  address: 'E-mail address',
  button: 'Reset Password',
  back: 'Go to the sign-in page',
  notAnAddress: 'This is not a whole e-mail address. Write it like name@example.com.',
  slowed: 'There were several requests already. The next one is taken at',
  sent: {
    title: 'Look into your mail',
    lead: 'If an account uses this address, a mail is on its way to it:',
    next: 'Follow the link in the mail and choose a new password. The link is good for {{hours}} hours and can be used once.',
    nothing:
      'No mail after a few minutes? Look into the folder for spam, and check the address for typing mistakes. For your safety this page says the same whether an account uses the address or not.',
    again: 'Try another address',
  },
} as const;
