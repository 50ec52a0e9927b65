import { policyRules, type PolicyRule } from './policy-rules.ts';
import type { PolicyDocument } from './policy.ts';

/**
 * Which change of a rule weakens a protection: a higher or lower number, switching on or off, entries that come or go, an earlier choice in this order,
 * any change, or none.
 */
type Weakening =
  | 'higher'
  | 'lower'
  | 'on'
  | 'off'
  | 'more'
  | 'fewer'
  | 'any'
  | 'none'
  | { readonly weakestFirst: readonly string[] };

/** The rules under a path that ends with a dot share its entry. A rule without an entry weakens by any change. */
const weakenings: Readonly<Record<string, Weakening>> = {
  'caseFields.': { weakestFirst: ['optional', 'required'] },
  'case.idle': 'higher',
  'code.digits': 'lower',
  'code.validFor': 'higher',
  'code.tries': 'higher',
  'callBack.validFor': 'higher',
  'managersWord.validFor': 'higher',
  checksOff: 'fewer',
  weakChecks: 'fewer',
  'points.': 'higher',
  'bars.': 'lower',
  'unlockBars.': 'lower',
  'factors.': 'lower',
  'grant.validFor': 'higher',
  'temporaryPassword.validFor': 'higher',
  'temporaryPassword.minBits': 'lower',
  // Fewer modes can force the weakest one.
  'temporaryPassword.modes': 'any',
  'temporaryPassword.defaultModes.': 'any',
  'temporaryPassword.style': 'any',
  'temporaryPassword.accessPass': 'on',
  'temporaryPassword.accessPassFor': 'higher',
  'approvals.tiers': 'fewer',
  'approvals.validFor': 'higher',
  'approvals.provedWithin': 'higher',
  'toxicCombination.within': 'lower',
  'alert.': 'lower',
  'phrase.validFor': 'higher',
  'resetLink.validFor': 'higher',
  contactCoolDown: 'lower',
  'failedChecks.most': 'higher',
  'failedChecks.within': 'lower',
  'operatorSession.idleLock': 'higher',
  'operatorSession.overall': 'higher',
  'operatorSession.reauthenticateAfter': 'higher',
  'operatorSession.secondFactor': { weakestFirst: ['optional', 'required'] },
  'operatorSession.lockAtMost': 'lower',
  'signIn.failures': 'higher',
  'signIn.lockFor': 'lower',
  'signIn.userSecondFactor': 'off',
  'selfService.tiers': 'more',
  'selfService.perAddress': 'higher',
  'selfService.perAccount': 'higher',
  'selfService.perNetwork': 'higher',
  'selfService.exemptNetworks': 'more',
  'ownContact.email': 'on',
  'ownContact.phone': 'on',
  'ownContact.recoveryAddresses': 'higher',
  'ownContact.directories': 'fewer',
  'requiredReset.mailsPerMinute': 'none',
  'requiredReset.remindBefore': 'none',
  'requiredReset.remindAfter': 'none',
  'requiredReset.afterDue': { weakestFirst: ['nothing', 'block'] },
  'accounts.phoneCountry': 'any',
  'accounts.newAccountsWait': 'off',
  'accounts.massChange.': 'higher',
  'protectedChanges.secondAdministrator': 'off',
  'protectedChanges.validFor': 'higher',
  'passwords.history': 'lower',
  'passwords.breached.refuse': 'off',
  'passwords.breached.timeout': 'lower',
  'notifications.manager': { weakestFirst: ['never', 'sensitive', 'always'] },
  // What users read about how to reach the help desk could lead them to an attacker.
  'deskContact.phone': 'any',
  'deskContact.email': 'any',
  'deskContact.hours': 'any',
  'deskContact.organisation': 'any',
  'ownContact.where': 'any',
  'deskContact.timeZone': 'none',
};

/** Demands on passwords: an absent one demands nothing. */
const demandWeakenings = { amount: 'lower', switch: 'off', texts: 'fewer' } as const;

/** The entry of a rule; null for a rule without an entry, of which any change weakens. */
export function weakeningOf({ path, kind }: PolicyRule): Weakening | null {
  if (path.startsWith('passwords.demands.') || path.startsWith('passwords.directories.'))
    return kind in demandWeakenings ? demandWeakenings[kind as keyof typeof demandWeakenings] : null;
  const folder = `${path.split('.').slice(0, -1).join('.')}.`;
  return weakenings[path] ?? weakenings[folder] ?? null;
}

/** The value of a rule; undefined if the document omits it. */
const valueAt = (document: PolicyDocument, path: string): unknown => {
  let value: unknown = document;
  for (const name of path.split('.'))
    value = (value as Readonly<Record<string, unknown>> | undefined)?.[name];
  return value;
};

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function weakens(weakening: Weakening | null, before: unknown, after: unknown): boolean {
  if (JSON.stringify(before) === JSON.stringify(after)) return false;
  if (typeof weakening === 'object' && weakening !== null)
    return weakening.weakestFirst.indexOf(String(after)) < weakening.weakestFirst.indexOf(String(before));
  switch (weakening) {
    case 'higher':
      return Number(after ?? 0) > Number(before ?? 0);
    case 'lower':
      return Number(after ?? 0) < Number(before ?? 0);
    case 'on':
      return after === true;
    case 'off':
      return before === true;
    case 'more':
      return listOf(after).some((entry) => !listOf(before).includes(entry));
    case 'fewer':
      return listOf(before).some((entry) => !listOf(after).includes(entry));
    case 'none':
      return false;
    case 'any':
    case null:
      return true;
  }
}

/** The rules by which a policy is weaker than the one before, by dotted name. */
export const weakenedRules = (before: PolicyDocument, after: PolicyDocument): string[] =>
  policyRules
    .filter((rule) => weakens(weakeningOf(rule), valueAt(before, rule.path), valueAt(after, rule.path)))
    .map(({ path }) => path);

/** The rules that differ, with their values as JSON; null for one that the document omits. */
export const changedRules = (before: PolicyDocument, after: PolicyDocument) =>
  policyRules.flatMap(({ path }) => {
    const [from, to] = [valueAt(before, path), valueAt(after, path)].map((value) =>
      value === undefined ? null : JSON.stringify(value),
    );
    return from === to ? [] : [{ rule: path, from: from ?? null, to: to ?? null }];
  });
