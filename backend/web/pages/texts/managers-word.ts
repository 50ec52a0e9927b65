/** Every text of the page on which a manager gives their word. */
export const managersWord = {
  title: 'Is it them?',
  somebody: 'Somebody who says they are',
  asks: 'asks the help desk for a new password for the account',
  operator: 'Who asks you, at the help desk',
  when: 'Asked at',
  until: 'Open until',
  number: 'Case',
  first:
    'Speak to them first: in person, or on a number that you know. A mail or a message that asked you to say yes is no proof.',
  yes: 'Yes, I spoke to them',
  no: 'No, it is not them',
  thanks: {
    title: 'Thank you',
    yes: 'The help desk sees that you vouch for them.',
    no: 'The help desk sees that it is not them, and stops.',
  },
  dead: {
    title: 'This question is closed',
    text: 'It was answered, has become too old, or the call has ended. If the help desk still needs your word, they will ask again.',
  },
} as const;
