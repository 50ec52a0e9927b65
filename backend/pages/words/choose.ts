/** A new password. The labels in headline case are the guide's. */
export const choose = {
  title: 'Choose a new password',
  lead: 'Your password is a temporary one. Choose your own now; nobody at the help desk can see it.',
  leadOwn: 'Choose a new password; nobody at the help desk can see it.',
  leadFor: 'Choose a new password for',
  linkUntil: 'This link is good until',
  temporaryUntil: 'Your temporary password is good until',
  rules: 'A new password needs:',
  current: 'Current password',
  currentWrong: 'The current password is wrong.',
  password: 'New Password',
  repeated: 'Confirm New Password',
  reset: 'Reset Password',
  button: 'Set password',
  notYet: 'The password was not taken:',
  history: 'To be different from your previous passwords',
} as const;
