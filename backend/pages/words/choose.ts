/** A new password. */
export const choose = {
  title: 'Choose a new password',
  lead: 'Your password is a temporary one. Choose your own now; nobody at the help desk can see it.',
  leadOwn: 'Choose a new password; nobody at the help desk can see it.',
  leadFor: 'Choose a new password for',
  password: 'New password',
  repeated: 'New password again',
  button: 'Set password',
  notYet: 'The password was not taken:',
  history: 'None of your last passwords',
} as const;
