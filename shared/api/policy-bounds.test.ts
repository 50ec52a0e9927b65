import { describe, expect, it } from 'vitest';
import { defaultPolicy } from './policy.ts';
import { changePolicy } from './policy-calls.ts';
import { dryRunPolicy } from './policy-trial.ts';
import { policyRules, type PolicyRule } from './policy-rules.ts';

const hour = 3600;
const day = 24 * hour;

/** The smallest and largest value of each rule. The test repeats them so that no bound changes by accident. */
const bounds: Readonly<Record<string, readonly [least: number, most: number]>> = {
  'case.idle': [60, day],
  'code.digits': [6, 10],
  'code.validFor': [60, 600],
  'code.tries': [1, 3],
  'callBack.validFor': [60, hour],
  'managersWord.validFor': [300, day],
  'points.emailed-code': [0, 200],
  'points.texted-code': [0, 200],
  'points.authenticator-code': [0, 200],
  'points.recovery-code': [0, 200],
  'points.call-back': [0, 200],
  'points.managers-word': [0, 200],
  'points.in-person': [0, 200],
  'bars.standard': [1, 1000],
  'bars.sensitive': [1, 1000],
  'bars.privileged': [1, 1000],
  'unlockBars.standard': [1, 1000],
  'unlockBars.sensitive': [1, 1000],
  'unlockBars.privileged': [1, 1000],
  'factors.standard': [1, 3],
  'factors.sensitive': [1, 3],
  'factors.privileged': [1, 3],
  'grant.validFor': [30, 900],
  'temporaryPassword.validFor': [300, day],
  'temporaryPassword.minBits': [44, 128],
  'temporaryPassword.accessPassFor': [600, 8 * 3600],
  'approvals.validFor': [10, hour],
  'approvals.provedWithin': [30, 900],
  'toxicCombination.within': [hour, 7 * day],
  'alert.validFor': [60, 72 * hour],
  'alert.most': [hour, 72 * hour],
  'phrase.validFor': [60, 900],
  'resetLink.validFor': [300, day],
  contactCoolDown: [0, 90 * day],
  'failedChecks.most': [1, 3],
  'failedChecks.within': [hour, 7 * day],
  'operatorSession.idleLock': [60, hour],
  'operatorSession.overall': [hour, day],
  'operatorSession.reauthenticateAfter': [60, day],
  'operatorSession.lockAtMost': [60, day],
  'signIn.failures': [3, 100],
  'signIn.lockFor': [30, day],
  'selfService.perAddress': [1, 100_000],
  'selfService.perAccount': [1, 1000],
  'selfService.perNetwork': [1, 100_000],
  'accounts.massChange.percent': [1, 100],
  'accounts.massChange.accounts': [1, 1_000_000],
  'ownContact.recoveryAddresses': [0, 5],
  'requiredReset.mailsPerMinute': [1, 6000],
  'requiredReset.remindBefore': [0, 90],
  'requiredReset.remindAfter': [0, 90],
  'protectedChanges.validFor': [hour, 14 * day],
  'passwords.history': [0, 24],
  'passwords.breached.timeout': [50, 5000],
  ...Object.fromEntries(
    [
      'demands',
      ...['built-in', 'active-directory', 'ldap', 'keycloak', 'entra'].map((name) => `directories.${name}`),
    ].flatMap((place): [string, [number, number]][] => [
      [`passwords.${place}.shortest`, [1, 64]],
      [`passwords.${place}.kinds`, [0, 4]],
      [`passwords.${place}.history`, [0, 24]],
    ]),
  ),
};
/** The longest text, and in a list the longest entry. */
const lengths: Readonly<Record<string, number>> = {
  'ownContact.where': 300,
  'selfService.exemptNetworks': 1000,
  'deskContact.phone': 60,
  'deskContact.email': 254,
  'deskContact.hours': 120,
  'deskContact.organisation': 100,
};

const isAmount = ({ kind }: PolicyRule) => kind === 'amount' || kind === 'amounts';

/** The default policy with another value at a dotted path. */
function withRule({ path, kind }: PolicyRule, value: unknown): object {
  const document = JSON.parse(JSON.stringify(defaultPolicy)) as Record<string, unknown>;
  const names = path.split('.');
  let place = document;
  for (const name of names.slice(0, -1)) place = (place[name] ??= {}) as Record<string, unknown>;
  place[names.at(-1) ?? ''] = kind === 'amounts' ? [value] : value;
  return document;
}
const isTaken = (document: object): boolean =>
  [changePolicy.body.safeParse({ basedOn: 1, document }), dryRunPolicy.body.safeParse({ document })].every(
    ({ success }) => success,
  );
const isRefused = (document: object): boolean =>
  [changePolicy.body.safeParse({ basedOn: 1, document }), dryRunPolicy.body.safeParse({ document })].every(
    ({ success }) => !success,
  );

describe('a rule of the policy with bounds', () => {
  it('has them written down here, every one', () => {
    expect(
      policyRules
        .filter(isAmount)
        .map(({ path }) => path)
        .toSorted(),
    ).toEqual(Object.keys(bounds).toSorted());
  });

  it.each(policyRules.filter(isAmount))(
    'accepts exactly the values from its minimum to its maximum: $path',
    (rule) => {
      const [least, most] = bounds[rule.path] ?? [Number.NaN, Number.NaN];
      expect([rule.least, rule.most]).toEqual([least, most]);
      expect([least, most].filter((value) => !isTaken(withRule(rule, value)))).toEqual([]);
      const beyond = [least - 1, most + 1, least + 0.5, Number.NaN, `${least}`, null];
      expect(beyond.filter((value) => !isRefused(withRule(rule, value)))).toEqual([]);
    },
  );

  it.each(Object.entries(lengths))('is a text of %s with at most %i characters', (path, most) => {
    const rule = policyRules.find((found) => found.path === path);
    if (!rule) throw new Error(`There is no rule ${path}`);
    expect(isTaken(withRule(rule, (path === 'selfService.exemptNetworks' ? ',' : 'x').repeat(most)))).toBe(
      true,
    );
    expect(isRefused(withRule(rule, 'x'.repeat(most + 1)))).toBe(true);
  });

  it.each(policyRules.filter(({ kind }) => kind === 'choice'))('accepts its choices alone: $path', (rule) => {
    expect(rule.options.filter((option) => !isTaken(withRule(rule, option)))).toEqual([]);
    expect(isRefused(withRule(rule, 'something-else'))).toBe(true);
  });

  it('earns nothing by security questions', () => {
    const points = { ...defaultPolicy.points, 'security-questions': 1 };
    expect(isRefused({ ...defaultPolicy, points })).toBe(true);
  });
});
