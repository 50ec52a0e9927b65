import type { PasswordFault, PasswordRule } from '../rules.ts';

/** What each rule asks for, as a line of a list. `{{…}}` are numbers of the policy. */
export const rulesAsked: Readonly<Record<PasswordRule, string>> = {
  'too-short': 'At least {{shortest}} characters',
  'no-upper-case': 'An upper case letter',
  'no-lower-case': 'A lower case letter',
  'no-digit': 'A digit',
  'no-special': 'A special character, such as + or ?',
  'too-few-kinds': '{{kinds}} of these: upper case, lower case, digit, special character',
  'contains-user-name': 'Not your user name',
  'contains-name': 'No part of your name',
  'contains-email': 'Nothing of your e-mail address',
  'blocked-word': 'No word that your organisation has ruled out',
  'common-password': 'Not one of the most common passwords',
  'common-word': 'More than a common word with a few signs',
  predictable: 'No repetition and no keys in a row',
};

/** What is wrong with a password that breaks a rule, as a sentence for its owner: the same on the page, in the API and in the console. */
export const rulesBroken: Readonly<Record<PasswordFault, string>> = {
  'too-short': 'It is too short: it needs at least {{shortest}} characters.',
  'no-upper-case': 'It has no upper case letter.',
  'no-lower-case': 'It has no lower case letter.',
  'no-digit': 'It has no digit.',
  'no-special': 'It has no special character, such as + or ?.',
  'too-few-kinds': 'It has fewer than {{kinds}} of upper case, lower case, digit and special character.',
  'contains-user-name': 'It contains your user name.',
  'contains-name': 'It contains part of your name.',
  'contains-email': 'It contains part of your e-mail address.',
  'blocked-word': 'It contains a word that your organisation has ruled out.',
  'common-password': 'It is one of the most common passwords.',
  'common-word': 'It is little more than a common word.',
  predictable: 'It repeats itself or follows the keys in a row.',
  breached: 'It is on a list of stolen passwords.',
  'used-before': 'You have used it before, or it is the temporary one.',
  'not-repeated': 'The two entries differ.',
  'too-long': 'It is longer than 1,024 characters.',
};
