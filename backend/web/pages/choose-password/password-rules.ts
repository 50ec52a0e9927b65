import type { PasswordPolicy } from '../../../../shared/password-policy/policy.ts';

/** What password managers read to make a password that will be taken (the `passwordrules` attribute). */
export function passwordRules({ shortest, upper, lower, digit, special, kinds }: PasswordPolicy): string {
  // A manager cannot choose three of four kinds, so it is asked for all of them.
  const all = kinds > 0;
  const required = [
    upper || all ? ['required: upper;'] : [],
    lower || all ? ['required: lower;'] : [],
    digit || all ? ['required: digit;'] : [],
    special || all ? ['required: [-().&@?+/,#];'] : [],
  ].flat();
  // Managers make twenty characters by default; longer than asked is never wrong.
  return [`minlength: ${Math.max(shortest, 16)};`, ...required].join(' ');
}
