import type { PasswordRule } from './rules.ts';

/** What is asked of a password, as plain data. Lengths in characters (code points after NFC). */
export interface PasswordPolicy {
  readonly shortest: number;
  readonly upper: boolean;
  readonly lower: boolean;
  readonly digit: boolean;
  readonly special: boolean;
  /** At least so many of the four kinds, whichever: how Active Directory asks. */
  readonly kinds: number;
  /** Nothing of the owner's names and address. */
  readonly names: boolean;
  /** No common password and little more than no common word. */
  readonly common: boolean;
  /** No repetition and no run along the alphabet or the keyboard. */
  readonly predictable: boolean;
  /** Words of the organisation that no password may contain; sorted, in lower case. */
  readonly blocked: readonly string[];
  /** So many passwords before this one may not come back. */
  readonly history: number;
  /** Looked up among breached passwords, where a list is configured. */
  readonly breached: boolean;
}

export const presetNames = ['classic', 'nist'] as const;
export type PresetName = (typeof presetNames)[number];

/** Asks for nothing: the neutral element of {@link stricter}. */
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

/** `classic` is the product's guide, `nist` SP 800-63B-4 for a password that stands alone; the history is the policy's own number. */
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

/** The policy that takes exactly the passwords which both take. */
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

/** What may be asked for on top of a preset; whatever is left out asks for nothing. */
export type PasswordDemands = { readonly [Name in keyof PasswordPolicy]?: PasswordPolicy[Name] | undefined };

const complete = (demands: PasswordDemands): PasswordPolicy => {
  const given = Object.fromEntries(Object.entries(demands).filter(([, value]) => value !== undefined));
  return { ...askNothing, ...given };
};

/** The section of the policy document that passwords have, as far as it is given. */
export interface PasswordSection {
  readonly preset: PresetName;
  readonly history?: number | undefined;
  readonly demands?: PasswordDemands | undefined;
  readonly directories?: { readonly [kind: string]: PasswordDemands | undefined } | undefined;
  readonly breached?: { readonly refuse: boolean } | undefined;
}

/** What counts for accounts of one directory: the preset, the organisation's demands and the directory's own, each time the stricter. */
export function policyFor(section: PasswordSection, directory = 'built-in'): PasswordPolicy {
  const { preset, history = 0, demands = {}, directories = {}, breached } = section;
  return [
    complete({ history, breached: breached?.refuse ?? false }),
    complete(demands),
    complete(directories[directory] ?? {}),
  ].reduce(stricter, presets[preset]);
}

/** The rules that a policy has, for lists that are ticked off while somebody types. */
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
  return asked.filter(([, is]) => is).map(([rule]) => rule);
}
