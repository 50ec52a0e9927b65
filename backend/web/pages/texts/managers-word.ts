/** The page on which a manager vouches for a caller. */
export const managersWord = {
  title: 'Do you vouch for this caller?',
  lead: 'Someone who says they are {{name}} has asked the help desk for a new password for the account {{userName}}.',
  operator: 'Help desk operator',
  when: 'Requested at',
  until: 'Answer by',
  number: 'Case',
  first:
    'Speak to the person first: face to face, or on a number you already know. Do not rely on an email or message that asks you to answer yes.',
  answer: 'Your answer',
  yes: 'Yes, I spoke to them',
  no: 'No, it is not them',
  name: 'The caller’s first or last name',
  hint: 'Type it to show that a person is answering, because mail filters can open links and press buttons.',
  send: 'Send answer',
  faults: {
    'no-answer': 'Choose “Yes” or “No”.',
    'wrong-name': 'Type the caller’s first or last name as it is shown above. No answer was sent yet.',
  },
  thanks: {
    title: 'Thank you',
    yes: 'The help desk can see that you vouch for the caller.',
    no: 'The help desk can see that this is not them, and will refuse the request.',
  },
  dead: {
    title: 'This request is closed',
    text: 'It was already answered, it has expired, or the call has ended. If the help desk still needs your answer, they will ask again.',
  },
} as const;
