import { describe, expect, it } from 'vitest';
import { changedRules, weakenedRules, weakeningOf } from './policy-weakening.ts';
import { policyRules } from './policy-rules.ts';
import { defaultPolicy, type PolicyDocument } from './policy.ts';

const withRule = (path: string, value: unknown): PolicyDocument => {
  const copy = JSON.parse(JSON.stringify(defaultPolicy)) as Record<string, unknown>;
  const names = path.split('.');
  let place = copy;
  for (const name of names.slice(0, -1)) place = (place[name] ??= {}) as Record<string, unknown>;
  place[names.at(-1) ?? ''] = value;
  return copy as unknown as PolicyDocument;
};

/** A rule, a weaker value and a stronger one. Null where there is none: every change, or no change, is a weakening. */
const rows: readonly (readonly [path: string, before: unknown, weaker: unknown, stronger: unknown])[] = [
  ['caseFields.ticket', 'required', 'optional', null],
  ['caseFields.reason', 'optional', null, 'required'],
  ['case.idle', 3600, 3601, 3599],
  ['code.digits', 8, 7, 9],
  ['code.validFor', 300, 301, 299],
  ['code.tries', 2, 3, 1],
  ['callBack.validFor', 900, 901, 899],
  ['managersWord.validFor', 1800, 1801, 1799],
  ['checksOff', ['call-back'], [], ['call-back', 'in-person']],
  ['weakChecks', ['emailed-code'], [], ['emailed-code', 'call-back']],
  ['points.emailed-code', 60, 61, 59],
  ['points.in-person', 100, 200, 0],
  ['bars.standard', 60, 59, 61],
  ['bars.privileged', 120, 1, 200],
  ['unlockBars.standard', 30, 29, 31],
  ['factors.sensitive', 2, 1, 3],
  ['grant.validFor', 600, 601, 599],
  ['temporaryPassword.validFor', 3600, 3601, 3599],
  ['temporaryPassword.minBits', 64, 63, 65],
  ['temporaryPassword.accessPass', false, true, null],
  ['temporaryPassword.accessPassFor', 3600, 3660, 3540],
  ['temporaryPassword.style', 'groups', 'words', null],
  ['temporaryPassword.modes', ['spoken', 'sealed'], ['spoken'], null],
  ['temporaryPassword.modes', ['sealed'], ['sealed', 'spoken'], null],
  ['temporaryPassword.defaultModes.standard', 'sealed', 'spoken', null],
  ['approvals.tiers', ['privileged'], [], ['privileged', 'standard']],
  ['approvals.validFor', 600, 601, 599],
  ['approvals.provedWithin', 120, 121, 119],
  ['toxicCombination.within', 86_400, 86_399, 86_401],
  ['alert.validFor', 28_800, 28_799, 28_801],
  ['alert.most', 86_400, 86_399, 86_401],
  ['phrase.validFor', 300, 301, 299],
  ['resetLink.validFor', 3600, 3601, 3599],
  ['contactCoolDown', 86_400, 0, 86_401],
  ['failedChecks.most', 2, 3, 1],
  ['failedChecks.within', 86_400, 86_399, 86_401],
  ['operatorSession.idleLock', 900, 901, 899],
  ['operatorSession.overall', 7200, 7201, 7199],
  ['operatorSession.reauthenticateAfter', 900, 901, 899],
  ['operatorSession.secondFactor', 'required', 'optional', null],
  ['operatorSession.secondFactor', 'optional', null, 'required'],
  ['operatorSession.lockAtMost', 3600, 3599, 3601],
  ['signIn.failures', 5, 6, 4],
  ['signIn.lockFor', 900, 899, 901],
  ['signIn.userSecondFactor', true, false, null],
  ['selfService.tiers', ['standard'], ['standard', 'sensitive'], []],
  ['selfService.perAddress', 3, 4, 2],
  ['selfService.perAccount', 5, 6, 4],
  ['selfService.perNetwork', 30, 31, 29],
  ['selfService.exemptNetworks', ['10.0.0.0/8'], ['10.0.0.0/8', '192.168.0.0/16'], []],
  ['ownContact.email', false, true, null],
  ['ownContact.phone', true, null, false],
  ['ownContact.recoveryAddresses', 2, 3, 1],
  ['ownContact.directories', ['ldap'], [], ['ldap', 'keycloak']],
  ['ownContact.where', '', 'Call +49 30 1', null],
  ['requiredReset.mailsPerMinute', 60, null, 1],
  ['requiredReset.remindBefore', [3], null, []],
  ['requiredReset.remindAfter', [1], null, []],
  ['requiredReset.afterDue', 'block', 'nothing', null],
  ['accounts.phoneCountry', '', 'DE', null],
  ['accounts.newAccountsWait', true, false, null],
  ['accounts.massChange.percent', 5, 6, 4],
  ['accounts.massChange.accounts', 50, 51, 49],
  ['protectedChanges.secondAdministrator', true, false, null],
  ['protectedChanges.secondAdministrator', false, null, true],
  ['protectedChanges.validFor', 7200, 7201, 7199],
  ['passwords.preset', 'nist', 'classic', null],
  ['passwords.preset', 'classic', 'nist', null],
  ['passwords.history', 24, 23, null],
  ['passwords.demands.shortest', 12, 11, 13],
  ['passwords.demands.shortest', 12, undefined, 13],
  ['passwords.demands.upper', true, false, null],
  ['passwords.demands.upper', undefined, null, true],
  ['passwords.demands.blocked', ['contoso'], [], ['contoso', 'reset']],
  ['passwords.directories.ldap.breached', true, undefined, null],
  ['passwords.directories.keycloak.history', 5, 4, 6],
  ['passwords.breached.refuse', true, false, null],
  ['passwords.breached.timeout', 1500, 1499, 1501],
  ['notifications.manager', 'sensitive', 'never', 'always'],
  ['deskContact.phone', '+49 30 1', '+49 30 2', null],
  ['deskContact.email', '', 'desk@example.com', null],
  ['deskContact.hours', '', 'Call +49 30 2', null],
  ['deskContact.organisation', '', 'Example Ltd, call +49 30 2', null],
  ['deskContact.timeZone', '', null, 'Europe/Berlin'],
];

describe('a change of the policy', () => {
  it.each(rows.filter(([, , weaker]) => weaker !== null))(
    'weakens protection: %s from %j to %j',
    (path, before, weaker) => {
      expect(weakenedRules(withRule(path, before), withRule(path, weaker))).toEqual([path]);
    },
  );

  it.each(
    rows
      .filter(([, , , stronger]) => stronger !== null)
      .map(([path, before, , stronger]) => [path, before, stronger]),
  )('does not weaken protection: %s from %j to %j', (path, before, stronger) => {
    expect(weakenedRules(withRule(String(path), before), withRule(String(path), stronger))).toEqual([]);
  });

  it('weakens protection by one rule, whatever the others do', () => {
    const after = { ...withRule('bars.standard', 59), contactCoolDown: 90 * 86_400 };
    expect(weakenedRules(defaultPolicy, after)).toEqual(['bars.standard']);
    expect(changedRules(defaultPolicy, after).map(({ rule }) => rule)).toEqual([
      'bars.standard',
      'contactCoolDown',
    ]);
  });
});

describe('the table of what weakens', () => {
  it('has an entry for every rule but the choice of a preset', () => {
    expect(policyRules.filter((rule) => weakeningOf(rule) === null).map(({ path }) => path)).toEqual([
      'passwords.preset',
    ]);
  });

  it('counts any change of a rule without an entry', () => {
    expect(
      weakenedRules(withRule('passwords.preset', 'classic'), withRule('passwords.preset', 'nist')),
    ).toEqual(['passwords.preset']);
  });

  it('is held by a row of this test for every section of the policy', () => {
    const sections = new Set(rows.map(([path]) => path.split('.')[0]));
    expect([...sections].toSorted()).toEqual(Object.keys(defaultPolicy).toSorted());
  });
});
