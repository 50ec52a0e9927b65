/** Texts of the handover. */
export const handoverTexts = {
  valid: 'valid for {{time}}',
  over: 'no longer valid',
  hidden: 'Temporary password, hidden',
  shown: 'Temporary password',
  pass: {
    hidden: 'Temporary Access Pass, hidden',
    shown: 'Temporary Access Pass',
    /** The directory does not report whether the pass was used. */
    expired: 'Expired. The sign-in logs of Microsoft Entra ID show whether it was used',
    none: 'The sign-in logs of Microsoft Entra ID show whether it was used',
  },
  hint: 'Hold Space to show it, or press an arrow key',
  walk: {
    words: '{{count}} words in all, separated by hyphens',
    groups: '{{count}} words in all',
  },
  hold: 'Hold to show',
  keep: 'Keep shown',
  hide: 'Hide',
  copy: 'Copy',
  spell: 'Read out',
  hiddenIn: 'Hidden again in {{time}}',
  copied: 'Copied',
  clearedIn: 'Copied · cleared in {{time}}',
  cleared: 'Clipboard cleared',
  replaced: 'Something else has been copied since',
  done: 'Done, next caller',
  tell: 'Tell the caller',
  /** What the operator reads out, sentence by sentence. */
  say: {
    signIn: 'Sign in with it {{within}}.',
    signInAt: 'Sign in with it at {{address}} {{within}}.',
    open: 'Open it {{within}} and choose a new password. The link works once.',
    passNext:
      'It works once, in place of your password and your second factor. Then set up what you have lost in your security info.',
    next: 'You will then be asked to choose a new password.',
    told: 'We have sent you an email about this. If you did not ask for it, call us at once.',
    willBeTold: 'You will get an email about this. If you did not ask for it, call us at once.',
    neverAsked: 'We cannot see it, and we will never ask you for it.',
    link: {
      mail: {
        sent: 'I have sent you an email with a link.',
        'on-its-way': 'An email with a link is on its way to you; it can take a few minutes.',
        'not-sent': 'I could not send you the email with the link.',
      },
    },
    sealed: {
      mail: {
        sent: 'I have sent you an email with a temporary password.',
        'on-its-way': 'An email with a temporary password is on its way to you; it can take a few minutes.',
        'not-sent': 'I could not send you the email with the temporary password.',
      },
      text: {
        sent: 'I have sent a text message with a temporary password to your phone.',
        'on-its-way': 'A text message with a temporary password is on its way to your phone.',
        'not-sent': 'I could not send the text message with the temporary password.',
      },
    },
    split: {
      mail: {
        sent: 'I will read you the first half now. The second half is in an email to you: type it right after the first.',
        'on-its-way':
          'I will read you the first half now. The second half is in an email that is on its way to you: type it right after the first.',
        'not-sent': 'I could not send you the email with the second half.',
      },
      text: {
        sent: 'I will read you the first half now. The second half is in a text message to your phone: type it right after the first.',
        'on-its-way':
          'I will read you the first half now. The second half is in a text message that is on its way to your phone: type it right after the first.',
        'not-sent': 'I could not send the text message with the second half.',
      },
    },
  },
  noAddress: 'The owner was not notified by email because no address is on file.',
  notTold: 'The owner was not notified because the email could not be sent.',
  within: {
    minutes_one: 'within {{count}} minute',
    minutes_other: 'within {{count}} minutes',
    hours_one: 'within one hour',
    hours_other: 'within {{count}} hours',
    over: 'at once',
  },
  half: 'First half of the temporary password',
  sentTo: 'Sent to {{destination}}',
  nextAttempt: 'next try at {{time}}',
  resent_one: 'sent again once',
  resent_other: 'sent again {{count}} times',
  resend: 'Send a new link',
  instead: {
    'reset-link': 'Send a link instead',
    'temporary-password': 'Give a temporary password instead',
    cannot: {
      'reset-link': 'A link cannot be sent instead: {{why}}',
      'temporary-password': 'A temporary password cannot be given instead: {{why}}',
    },
  },
  revokeLink: 'Revoke link',
  revokePassword: 'Revoke temporary password',
  revokeSure: 'Revoke it now',
  keepIt: 'Keep it',
  delivery: {
    sending: 'The email is being sent',
    accepted: 'The mail server accepted the email',
    'kept-in-outbox': 'Kept in this computer’s outbox, not sent',
    failed: 'The email could not be sent',
    queued: 'The email has not been sent yet; sending is retried',
    bounced: 'The email bounced',
    withdrawn: 'The email was not sent because it was no longer valid',
  },
  textDelivery: {
    sending: 'The text message is being sent',
    accepted: 'The gateway accepted the text message',
    failed: 'The text message could not be sent',
  },
  use: {
    none: 'Not used yet',
    'link-fetched': 'The link’s address was fetched, by the user or by a mail filter',
    'signed-in': 'The caller has signed in',
    'password-set': 'The caller has set a new password',
    expired: 'Expired unused',
    voided: 'No longer valid',
    revoked: 'Revoked unused',
  },
} as const;
