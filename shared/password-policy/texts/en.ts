import type { PasswordFault, PasswordRule } from '../rules.ts';

/** What each rule requires, as a line of a checklist. `{{…}}` is filled with a number of the policy. */
export const rulesAsked: Readonly<Record<PasswordRule, string>> = {
  'too-short': 'At least {{shortest}} characters',
  'no-upper-case': 'An uppercase letter',
  'no-lower-case': 'A lowercase letter',
  'no-digit': 'A digit',
  'no-special': 'A special character, such as + or ?',
  'too-few-kinds': '{{kinds}} of these: uppercase letter, lowercase letter, digit, special character',
  'contains-user-name': 'Not your user name',
  'contains-name': 'No part of your name',
  'contains-email': 'No part of your email address',
  'blocked-word': 'No word that your organisation has blocked',
  'common-password': 'Not one of the most common passwords',
  'common-word': 'More than a common word with a few characters added',
  predictable: 'No repeated characters or keyboard sequences',
};

/** What is wrong with a password that breaks a rule, as a sentence to its owner. The pages, the API and the console share it. */
export const rulesBroken: Readonly<Record<PasswordFault, string>> = {
  'too-short': 'It is too short: it needs at least {{shortest}} characters.',
  'no-upper-case': 'It has no uppercase letter.',
  'no-lower-case': 'It has no lowercase letter.',
  'no-digit': 'It has no digit.',
  'no-special': 'It has no special character, such as + or ?.',
  'too-few-kinds':
    'It needs at least {{kinds}} of these: uppercase letter, lowercase letter, digit, special character.',
  'contains-user-name': 'It contains your user name.',
  'contains-name': 'It contains part of your name.',
  'contains-email': 'It contains part of your email address.',
  'blocked-word': 'It contains a word that your organisation has blocked.',
  'common-password': 'It is one of the most common passwords.',
  'common-word': 'It is little more than a common word.',
  predictable: 'It repeats characters or follows a keyboard sequence.',
  breached: 'It appeared in a data breach.',
  'used-before': 'You have used it before, or it is your temporary password.',
  'not-repeated': 'The two passwords do not match.',
  'directory-longer': 'Your organisation’s directory asks for a longer password.',
  'directory-shorter': 'Your organisation’s directory asks for a shorter password.',
  'directory-stronger':
    'Your organisation’s directory asks for more kinds of characters: uppercase and lowercase letters, digits, special characters.',
  'directory-too-soon':
    'Your password was changed a short time ago, and your organisation’s directory does not allow another change yet. Try again tomorrow, or call the help desk.',
  'directory-refused': 'Your organisation’s directory does not accept it. Choose another one.',
  'too-long': 'It is longer than 1,024 characters.',
};
