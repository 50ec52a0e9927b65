/** Words of the hand-over step. */
export const handoverTexts = {
  valid: 'valid for {{time}}', over: 'no longer valid', hidden: 'Temporary password, hidden', shown: 'Temporary password', hold: 'Hold to show', keep: 'Keep shown', hide: 'Hide', copy: 'Copy', spell: 'Spell it', unspell: 'Stop spelling',
  hiddenIn: 'Hidden again in {{time}}', clearedIn: 'Clipboard cleared in {{time}}', cleared: 'Clipboard cleared', replaced: 'Something else was copied since', done: 'Done, next caller',
  tell: 'Tell the caller',
  sentence: '“Sign in with it {{within}}. You will be asked for a new password at once. We have written to you; if it was not you, use the link in that mail.”',
  within: { minutes_one: 'within {{count}} minute', minutes_other: 'within {{count}} minutes', hours_one: 'within the hour', hours_other: 'within {{count}} hours', over: 'at once' },
  linkSentence: '“I have sent you a mail with a link. Open it {{within}} and choose a new password. The link works once.”',
  sentTo: 'Sent to {{destination}}',
  delivery: { sending: 'The mail is being sent', accepted: 'The mail server has accepted the mail', 'kept-in-outbox': 'Kept in the outbox of this computer, not sent', failed: 'The mail could not be sent' },
  use: { none: 'Not used yet', 'link-opened': 'The link was opened', 'signed-in': 'The caller has signed in', 'password-set': 'The caller has set a new password', expired: 'Expired unused', voided: 'No longer valid' },
  spelling: { as: '{{letter}} as in {{word}}', small: 'small {{letter}} as in {{word}}', capital: 'capital {{letter}} as in {{word}}' },
} as const;
