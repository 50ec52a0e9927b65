/** Words of the outbox. */
export const outboxTexts = {
  title: 'Outbox',
  kept: 'These mails were not sent. No mail server is set up, so they are kept as files on the backend’s computer. Reading one is recorded.',
  off: 'The outbox is off: mail leaves through a mail server.',
  empty: 'No kept mails. A code or a reset link that you send appears here.',
  folder: 'Show folder',
  choose: 'Choose a mail to read it.',
  loading: 'Reading the outbox',
  from: 'From',
  to: 'To',
  list: 'Kept mails',
  read: 'Read {{subject}} to {{to}}',
  texts: { title: 'Texts', list: 'Kept texts', read: 'Read the text to {{to}}' },
  kinds: {
    code: 'Code',
    'managers-word': 'Question to a manager',
    'reset-link': 'Reset link',
    notification: 'Notification',
    'required-reset': 'Required reset',
    'operator-link': 'Operator’s link',
    test: 'Test',
  },
} as const;
