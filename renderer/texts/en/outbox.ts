/** Texts of the outbox. */
export const outboxTexts = {
  title: 'Outbox',
  kept: 'These emails were not sent. No mail server is set up, so they are kept as files on the backend’s computer. Reading an email is recorded in the audit log.',
  off: 'The outbox is off: email is sent through a mail server.',
  empty: 'No emails yet. Verification codes and reset links that you send appear here.',
  folder: 'Show folder',
  choose: 'Choose an email to read it.',
  loading: 'Loading the outbox',
  from: 'From',
  to: 'To',
  list: 'Emails in the outbox',
  read: 'Read {{subject}} to {{to}}',
  texts: {
    title: 'Text messages',
    list: 'Text messages in the outbox',
    read: 'Read the text message to {{to}}',
  },
  kinds: {
    code: 'Verification code',
    'managers-word': 'Question to a manager',
    'reset-link': 'Reset link',
    'temporary-password': 'Temporary password',
    notification: 'Notification',
    'required-reset': 'Required reset',
    'operator-link': 'Operator link',
    test: 'Test',
  },
} as const;
