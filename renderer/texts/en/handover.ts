/** Texts of the handover. */
export const handoverTexts = {
  valid: 'valid for {{time}}',
  strength: 'Strength: {{bits}} bits',
  over: 'no longer valid',
  hidden: 'Temporary password, hidden',
  shown: 'Temporary password',
  hint: 'Hidden. Hold the space bar, or press an arrow key to go word by word.',
  walk: {
    words: 'word by word · {{count}} words in all, a hyphen between them',
    groups: 'character by character · {{count}} words in all',
  },
  hold: 'Hold to show',
  keep: 'Keep shown',
  hide: 'Hide',
  copy: 'Copy',
  spell: 'Read out',
  hiddenIn: 'Hidden again in {{time}}',
  clearedIn: 'Clipboard cleared in {{time}}',
  cleared: 'Clipboard cleared',
  replaced: 'Something else has been copied since',
  done: 'Done, next caller',
  tell: 'Tell the caller',
  sentence:
    '“Sign in with it {{within}}. You will then be asked to choose a new password. We have sent you an email about this. If you did not ask for it, call us at once.”',
  within: {
    minutes_one: 'within {{count}} minute',
    minutes_other: 'within {{count}} minutes',
    hours_one: 'within one hour',
    hours_other: 'within {{count}} hours',
    over: 'at once',
  },
  sealedSentence:
    '“I have sent you an email with a temporary password. Sign in with it {{within}}. We cannot see it, and we will never ask you for it.”',
  sealedByText:
    '“I have sent a text message with a temporary password to your phone. Sign in with it {{within}}. We cannot see it, and we will never ask you for it.”',
  splitByText:
    '“I will read you the first half now. The second half is in a text message to your phone: type it right after the first. Sign in {{within}}.”',
  splitSentence:
    '“I will read you the first half now. The second half is in an email to you: type it right after the first. Sign in {{within}}.”',
  half: 'First half of the temporary password',
  linkSentence:
    '“I have sent you an email with a link. Open it {{within}} and choose a new password. The link works once.”',
  sentTo: 'Sent to {{destination}}',
  nextAttempt: 'next try at {{time}}',
  resent_one: 'sent again once',
  resent_other: 'sent again {{count}} times',
  resend: 'Send a new link',
  instead: {
    'reset-link': 'Send a link instead',
    'temporary-password': 'Give a temporary password instead',
    cannot: {
      'reset-link': 'A link cannot be sent instead: {{why}}.',
      'temporary-password': 'A temporary password cannot be given instead: {{why}}.',
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
    queued: 'The email was not sent yet; sending is retried',
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
