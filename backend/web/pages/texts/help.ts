/** "When it still does not work": the guide's five steps and its notes. */
export const help = {
  title: 'When it does not work',
  lead: 'Go through these five, in this order. Most sign-ins fail for one of the first three.',
  steps: [
    {
      title: 'Is the e-mail address right?',
      text: 'The link goes only to the address that your account has on file. Look for typing mistakes, try your other addresses, and look into the folder for spam. It can take a few minutes to arrive.',
    },
    {
      title: 'Is the password typed right?',
      text: 'Capital letters count. See whether Caps Lock is on and whether the keyboard has another language than usual, and let the page show what you type. A password manager may still fill in the old one.',
    },
    {
      title: 'Clear the browser’s cache and cookies',
      text: 'Old pages and cookies can get in the way. Clear them for this site, then open the sign-in page anew.',
    },
    {
      title: 'Try another browser',
      text: 'If it works there, an extension or a setting of the first one is in the way.',
    },
    {
      title: 'Contact the administrator',
      text: 'Call the help desk on a number that you know, not on one from a mail. They will make sure that it is you before they change anything.',
    },
  ],
  knows: 'What we can tell you here',
  lockedFor:
    'After {{failures}} wrong passwords in a row an account is locked for {{minutes}} minutes. Wait, or ask for a link: it ends the lock.',
  linkFor:
    'A link is good for {{hours}} hours and for one new password. A newer one replaces it, and so does a sign-in.',
  mailsPer:
    'You can ask for {{requests}} links an hour for one address. We answer the same whether an account uses the address or not; what stands in the way of a reset we tell only by mail to its owner.',
  notes: 'Good to know',
  note: [
    'Links are valid for a limited time. An expired one says so when you open it, and leads you to a new one.',
    'Nobody from the help desk will ever ask you for your password, neither by e-mail nor by phone.',
    'A mail about a reset that you have not asked for can mean that your account is at risk. Contact the administrator at once.',
  ],
  again: 'Ask for a link',
  toLogin: 'Go to the sign-in page',
} as const;
