/** The rules that a password can break by itself, in the order in which they are told; the words for each are looked up by this name. */
export const passwordRules = [
  'too-short',
  'no-upper-case',
  'no-lower-case',
  'no-digit',
  'no-special',
  'too-few-kinds',
  'contains-user-name',
  'contains-name',
  'contains-email',
  'blocked-word',
  'common-password',
  'common-word',
  'predictable',
] as const;
export type PasswordRule = (typeof passwordRules)[number];

/** What needs more than the password: a list of breached ones, the account's history, the second entry of a form. */
export const outerRules = ['breached', 'used-before', 'not-repeated', 'too-long'] as const;
export type OuterRule = (typeof outerRules)[number];

/** Why a new password is not taken. */
export type PasswordFault = PasswordRule | OuterRule;
