/** The rules that can be checked on the password alone, in the order in which users see them. Texts are found by these names. */
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

/** The rules that need more than the password: the list of breached passwords, the account's history, the form's second field. */
export const outerRules = [
  'breached',
  'used-before',
  'not-repeated',
  'too-long',
  // The account's own directory refused a password that satisfied the desk's policy.
  'directory-longer',
  'directory-shorter',
  'directory-stronger',
  'directory-too-soon',
  'directory-refused',
] as const;
export type OuterRule = (typeof outerRules)[number];

/** Why a new password is refused. */
export type PasswordFault = PasswordRule | OuterRule;

/** Every fault, for schemas. */
export const passwordFaults = [...passwordRules, ...outerRules] as const;
