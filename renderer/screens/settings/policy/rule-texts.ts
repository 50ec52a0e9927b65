import type { PolicyRule } from '../../../../shared/api/policy-rules.ts';
import type { Translate } from '../../../texts/use-texts.ts';
import { shownAmount, unitOf } from './rule-units.ts';

/** The text of a key; empty if the catalogue lacks it. */
const textOrEmpty = (t: Translate, key: string, values: Record<string, string> = {}) =>
  t(key, { ...values, defaultValue: '' });

const tierOrCheck = (t: Translate, name: string): string =>
  textOrEmpty(t, `case.tiers.${name}`) || textOrEmpty(t, `case.checks.${name}`);

/** The label of a rule. */
export function ruleLabel(t: Translate, path: string): string {
  const [, directory] = /^passwords\.directories\.([^.]+)\./.exec(path) ?? [];
  const label = textOrEmpty(t, `policy.fields.${path}`);
  if (label !== '' && directory === undefined) return label;
  if (directory !== undefined) {
    return t('policy.demands.path', { label, directory: t(`case.directories.${directory}`) });
  }
  const [, group = '', what = ''] = /^(.*)\.([^.]+)$/.exec(path) ?? [];
  return textOrEmpty(t, `policy.fields.${group}`, { what: tierOrCheck(t, what) }) || path;
}

/** The description of a rule; empty if the label is enough. */
export const ruleHint = (t: Translate, path: string): string => textOrEmpty(t, `policy.hints.${path}`);

/** The label of one option of a rule. */
export const optionLabel = (t: Translate, path: string, option: string): string =>
  textOrEmpty(t, `policy.options.${path}.${option}`) || tierOrCheck(t, option) || option;

/** A number as text; a duration in the largest unit of which it is a whole number. */
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

/** The bounds of a number as texts. */
export const rangeWords = (t: Translate, { path, least, most }: PolicyRule) => ({
  least: amountWords(t, path, least ?? 0),
  most: amountWords(t, path, most ?? 0),
});

/** A value of the policy as text, for the history. */
export function valueWords(t: Translate, rule: PolicyRule | undefined, path: string, value: unknown): string {
  if (value === undefined || value === null) return t('policy.values.left');
  if (Array.isArray(value)) {
    if (value.length === 0) return t('policy.values.none');
    return value
      .map((item) => (typeof item === 'string' ? optionLabel(t, path, item) : String(item)))
      .join(', ');
  }
  if (typeof value === 'boolean') return t(value ? 'policy.values.on' : 'policy.values.off');
  if (typeof value === 'number') return String(shownAmount(path, value));
  if (typeof value !== 'string') return JSON.stringify(value);
  return rule?.kind === 'choice' ? optionLabel(t, path, value) : value || t('policy.values.none');
}
