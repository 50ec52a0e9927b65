import type { PolicyRule } from '../../../../shared/api/policy-rules.ts';
import type { Translate } from '../../../texts/use-texts.ts';
import { shownAmount, unitOf } from './rule-units.ts';

/** Words under a key, or empty where the catalogue has none. */
const found = (t: Translate, key: string, values: Record<string, string> = {}) =>
  t(key, { ...values, defaultValue: '' });

const tierOrCheck = (t: Translate, name: string): string =>
  found(t, `case.tiers.${name}`) || found(t, `case.checks.${name}`);

/** What a rule is called. */
export function ruleLabel(t: Translate, path: string): string {
  const [, directory] = /^passwords\.directories\.([^.]+)\./.exec(path) ?? [];
  const label = found(t, `policy.fields.${path}`);
  if (label !== '' && directory === undefined) return label;
  if (directory !== undefined) {
    return t('policy.demands.path', { label, directory: t(`case.directories.${directory}`) });
  }
  const [, group = '', what = ''] = /^(.*)\.([^.]+)$/.exec(path) ?? [];
  return found(t, `policy.fields.${group}`, { what: tierOrCheck(t, what) }) || path;
}

/** More words to a rule; empty where the label says it. */
export const ruleHint = (t: Translate, path: string): string => found(t, `policy.hints.${path}`);

/** What a choice of a rule is called. */
export const optionLabel = (t: Translate, path: string, option: string): string =>
  found(t, `policy.options.${path}.${option}`) || tierOrCheck(t, option) || option;

/** A number of the document in words: a duration in the largest unit that it fills evenly. */
function amountWords(t: Translate, path: string, value: number): string {
  if (unitOf(path) === 1) return String(value);
  const [name, seconds] = durations.find(([, length]) => value % length === 0) ?? ['second', 1];
  return t(`policy.durations.${name}`, { count: value / seconds });
}

const durations = [
  ['day', 24 * 3600],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** Between what a number may be, in words. */
export const rangeWords = (t: Translate, { path, least, most }: PolicyRule) => ({
  least: amountWords(t, path, least ?? 0),
  most: amountWords(t, path, most ?? 0),
});

/** A value of the policy in words, for the history. */
export function valueWords(t: Translate, rule: PolicyRule | undefined, path: string, value: unknown): string {
  if (value === undefined || value === null) return t('policy.values.left');
  if (Array.isArray(value)) {
    if (value.length === 0) return t('policy.values.none');
    return value.map((one) => (typeof one === 'string' ? optionLabel(t, path, one) : String(one))).join(', ');
  }
  if (typeof value === 'boolean') return t(value ? 'policy.values.on' : 'policy.values.off');
  if (typeof value === 'number') return String(shownAmount(path, value));
  if (typeof value !== 'string') return JSON.stringify(value);
  return rule?.kind === 'choice' ? optionLabel(t, path, value) : value || t('policy.values.none');
}
