import type { PolicyRule } from '../../../../shared/api/policy-rules.ts';
import type { Words } from '../../../texts/use-texts.ts';
import { shownAmount, unitOf } from './rule-units.ts';

/** Words under a key, or empty where the catalogue has none. */
const found = (words: Words, key: string, values: Record<string, string> = {}) =>
  words(key, { ...values, defaultValue: '' });

const tierOrCheck = (words: Words, name: string): string =>
  found(words, `case.tiers.${name}`) || found(words, `case.checks.${name}`);

/** What a rule is called. */
export function ruleLabel(words: Words, path: string): string {
  const [, directory] = /^passwords\.directories\.([^.]+)\./.exec(path) ?? [];
  const label = found(words, `policy.fields.${path}`);
  if (label !== '' && directory === undefined) return label;
  if (directory !== undefined) {
    return words('policy.demands.path', { label, directory: words(`case.directories.${directory}`) });
  }
  const [, group = '', what = ''] = /^(.*)\.([^.]+)$/.exec(path) ?? [];
  return found(words, `policy.fields.${group}`, { what: tierOrCheck(words, what) }) || path;
}

/** More words to a rule; empty where the label says it. */
export const ruleHint = (words: Words, path: string): string => found(words, `policy.hints.${path}`);

/** What a choice of a rule is called. */
export const optionLabel = (words: Words, path: string, option: string): string =>
  found(words, `policy.options.${path}.${option}`) || tierOrCheck(words, option) || option;

/** A number of the document in words: a duration in the largest unit that it fills evenly. */
function amountWords(words: Words, path: string, value: number): string {
  if (unitOf(path) === 1) return String(value);
  const [name, seconds] = durations.find(([, length]) => value % length === 0) ?? ['second', 1];
  return words(`policy.durations.${name}`, { count: value / seconds });
}

const durations = [
  ['day', 24 * 3600],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** Between what a number may be, in words. */
export const rangeWords = (words: Words, { path, least, most }: PolicyRule) => ({
  least: amountWords(words, path, least ?? 0),
  most: amountWords(words, path, most ?? 0),
});

/** A value of the policy in words, for the history. */
export function valueWords(words: Words, rule: PolicyRule | undefined, path: string, value: unknown): string {
  if (value === undefined || value === null) return words('policy.values.left');
  if (Array.isArray(value)) {
    if (value.length === 0) return words('policy.values.none');
    return value
      .map((one) => (typeof one === 'string' ? optionLabel(words, path, one) : String(one)))
      .join(', ');
  }
  if (typeof value === 'boolean') return words(value ? 'policy.values.on' : 'policy.values.off');
  if (typeof value === 'number') return String(shownAmount(path, value));
  if (typeof value !== 'string') return JSON.stringify(value);
  return rule?.kind === 'choice' ? optionLabel(words, path, value) : value || words('policy.values.none');
}
