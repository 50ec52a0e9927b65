/** The help page: the product guide's five steps and its notes. */
export const help = {
  title: 'Trouble signing in?',
  lead: 'Try these five steps in order. One of the first three solves most sign-in problems.',
  steps: [
    {
      title: 'Check your email address',
      text: 'The reset link is sent only to the address on file for your account. Check the address for typos, try your other addresses, and look in your spam folder. The email can take a few minutes to arrive.',
    },
    {
      title: 'Check your password',
      text: 'Passwords are case-sensitive. Check Caps Lock and the keyboard language, and select “Show” to see what you type. A password manager may still fill in your old password.',
    },
    {
      title: 'Clear your browser’s cache and cookies',
      text: 'Outdated pages and cookies can block a sign-in. Clear them for this site, then open the sign-in page again.',
    },
    {
      title: 'Try another browser',
      text: 'If you can sign in there, an extension or a setting of the first browser is the cause.',
    },
    {
      title: 'Contact your administrator',
      text: 'Call the help desk on a number you already know, not one from an email. They verify your identity before they change anything.',
    },
  ],
  limits: 'Limits',
  lockedFor:
    'After {{failures}} wrong passwords in a row, your account is locked for {{lock}}. Wait, or reset your password, which also unlocks your account.',
  linkFor:
    'A reset link expires after {{hours}} and works once. A newer link replaces it, and signing in cancels it.',
  linksPer_one:
    'You can request {{count}} reset link an hour for each email address. For your security, this site never says whether an address belongs to an account. If your password cannot be reset, we tell you why by email only.',
  linksPer_other:
    'You can request {{count}} reset links an hour for each email address. For your security, this site never says whether an address belongs to an account. If your password cannot be reset, we tell you why by email only.',
  notes: 'Good to know',
  note: [
    'Reset links are valid for a limited time. If a link has expired, the page says so and lets you request a new one.',
    'The help desk will never ask for your password by email or phone.',
    'A reset email that you did not request can mean that your account is at risk. Contact your administrator immediately.',
  ],
  requestLink: 'Request a reset link',
  toLogin: 'Go to the sign-in page',
} as const;
