/** The page behind the report link in an email to a reader who is not the owner of an account. */
export const report = {
  good: {
    title: 'Report this email?',
    account: {
      lead: 'The email was about the account {{userName}}.',
      effect:
        'Reporting flags the account immediately: every password reset then needs a second approval, and the help desk is alerted. Speak to the owner of the account, on a number you already know.',
    },
    operator: {
      lead: 'The email was about your access to the help desk, {{userName}}.',
      effect:
        'Reporting signs you out everywhere, cancels links to a new password, and alerts the administrators. Then sign in again and change your password, or talk to an administrator.',
    },
    confirm: 'I do not know anything about this. Report it.',
    button: 'Report it',
  },
  reported: {
    title: 'Thank you for your report',
    account: 'The account is flagged, and the help desk has been alerted. Speak to the owner of the account.',
    operator:
      'You were signed out everywhere, and links to a new password no longer work. The administrators have been alerted. Talk to one of them.',
  },
  dead: {
    title: 'This link is not valid',
    text: 'It has expired. If something is wrong, contact the help desk immediately.',
  },
} as const;
