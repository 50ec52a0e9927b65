import type { PasswordRule } from './rules.ts';

/** The rules for a password, as plain data. Lengths are in characters (code points in NFC). */
export interface PasswordPolicy {
  readonly shortest: number;
  readonly upper: boolean;
  readonly lower: boolean;
  readonly digit: boolean;
  readonly special: boolean;
  /** The minimum number of the four kinds of characters, whichever they are, as in Active Directory. */
  readonly kinds: number;
  /** Forbids parts of the owner's names and email address. */
  readonly names: boolean;
  /** Forbids common passwords, and common words with a few characters added. */
  readonly common: boolean;
  /** Forbids repetitions, and runs along the alphabet or the keyboard. */
  readonly predictable: boolean;
  /** Words that the organisation forbids in passwords; sorted, in lower case. */
  readonly blocked: readonly string[];
  /** The number of previous passwords that may not be used again. */
  readonly history: number;
  /** Forbids breached passwords, if a list of them is configured. */
  readonly breached: boolean;
}

export const presetNames = ['classic', 'nist'] as const;
export type PresetName = (typeof presetNames)[number];

/** The policy without any rule: the neutral element of {@link stricter}. */
export const askNothing: PasswordPolicy = {
  shortest: 1,
  upper: false,
  lower: false,
  digit: false,
  special: false,
  kinds: 0,
  names: false,
  common: false,
  predictable: false,
  blocked: [],
  history: 0,
  breached: false,
};

/**
 * `classic` has the rules of the product's guide, `nist` those of NIST SP 800-63B-4 for a password without a second factor. The
 * policy document sets the history for both.
 */
export const presets: Readonly<Record<PresetName, PasswordPolicy>> = {
  classic: {
    ...askNothing,
    shortest: 8,
    upper: true,
    lower: true,
    digit: true,
    special: true,
    names: true,
    common: true,
  },
  nist: { ...askNothing, shortest: 15, names: true, common: true, predictable: true },
};

const union = (a: readonly string[], b: readonly string[]): string[] =>
  [...new Set([...a, ...b].map((word) => word.normalize('NFC').toLowerCase()))].toSorted();

/** The policy that accepts exactly the passwords that both policies accept. */
export const stricter = (a: PasswordPolicy, b: PasswordPolicy): PasswordPolicy => ({
  shortest: Math.max(a.shortest, b.shortest),
  upper: a.upper || b.upper,
  lower: a.lower || b.lower,
  digit: a.digit || b.digit,
  special: a.special || b.special,
  kinds: Math.max(a.kinds, b.kinds),
  names: a.names || b.names,
  common: a.common || b.common,
  predictable: a.predictable || b.predictable,
  blocked: union(a.blocked, b.blocked),
  history: Math.max(a.history, b.history),
  breached: a.breached || b.breached,
});

/** The rules that can be added to a preset. A rule that is left out adds nothing. */
export type PasswordDemands = { readonly [Name in keyof PasswordPolicy]?: PasswordPolicy[Name] | undefined };

const complete = (demands: PasswordDemands): PasswordPolicy => {
  const given = Object.fromEntries(Object.entries(demands).filter(([, value]) => value !== undefined));
  return { ...askNothing, ...given };
};

/** The section about passwords in the policy document, of which parts may be missing. */
export interface PasswordSection {
  readonly preset: PresetName;
  readonly history?: number | undefined;
  readonly demands?: PasswordDemands | undefined;
  readonly directories?: { readonly [kind: string]: PasswordDemands | undefined } | undefined;
  readonly breached?: { readonly refuse: boolean } | undefined;
}

/** The policy for the accounts of one directory: the strictest of the preset, the organisation's demands and the directory's own. */
export function policyFor(section: PasswordSection, directory = 'built-in'): PasswordPolicy {
  const { preset, history = 0, demands = {}, directories = {}, breached } = section;
  return [
    complete({ history, breached: breached?.refuse ?? false }),
    complete(demands),
    complete(directories[directory] ?? {}),
  ].reduce(stricter, presets[preset]);
}

/** The rules that a policy has, for a checklist that is updated while the user types. */
export function rulesOf(policy: PasswordPolicy): PasswordRule[] {
  const asked: readonly (readonly [PasswordRule, boolean])[] = [
    ['too-short', policy.shortest > 1],
    ['no-upper-case', policy.upper],
    ['no-lower-case', policy.lower],
    ['no-digit', policy.digit],
    ['no-special', policy.special],
    ['too-few-kinds', policy.kinds > 0],
    ['contains-user-name', policy.names],
    ['contains-name', policy.names],
    ['contains-email', policy.names],
    ['blocked-word', policy.blocked.length > 0],
    ['common-password', policy.common],
    ['common-word', policy.common],
    ['predictable', policy.predictable],
  ];
  return asked.filter(([, isAsked]) => isAsked).map(([rule]) => rule);
}
