import type { PasswordPolicy } from '../../../../shared/password-policy/policy.ts';

/** The `passwordrules` attribute, from which password managers generate a password that the policy accepts. */
export function passwordRules({ shortest, upper, lower, digit, special, kinds }: PasswordPolicy): string {
  // The attribute cannot express "three of four kinds", so it requires all of them.
  const all = kinds > 0;
  const required = [
    upper || all ? ['required: upper;'] : [],
    lower || all ? ['required: lower;'] : [],
    digit || all ? ['required: digit;'] : [],
    special || all ? ['required: [-().&@?+/,#];'] : [],
  ].flat();
  // Password managers generate 20 characters by default; 16 keeps a short minimum from making them shorter.
  return [`minlength: ${Math.max(shortest, 16)};`, ...required].join(' ');
}
