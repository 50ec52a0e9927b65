import { policyRules } from '../../../shared/api/policy-rules.ts';
import type { Translate } from '../../texts/use-texts.ts';
import { sectionsOf, type PolicyTopic } from './policy/policy-topics.ts';
import { ruleLabel } from './policy/rule-texts.ts';

/** Longer texts explain something; they do not name a field or a button. */
const longestLabel = 72;

function leavesOf(texts: unknown): string[] {
  if (typeof texts === 'string') return [texts];
  if (typeof texts !== 'object' || texts === null) return [];
  return Object.values(texts).flatMap(leavesOf);
}

/** The texts of the catalogue below these keys that can be labels on a page. `read` answers everything below a key. */
export function labelsBelow(read: (key: string) => unknown, keys: readonly string[]): readonly string[] {
  const texts = keys.flatMap((key) => leavesOf(read(key)));
  return [
    ...new Set(
      texts.filter((text) => text.length <= longestLabel && !text.includes('{{') && !/[.?]$/.test(text)),
    ),
  ];
}

/** The labels of the rules of a topic of the policy. */
export function ruleLabels(t: Translate, topic: PolicyTopic): readonly string[] {
  const sections: readonly string[] = sectionsOf(topic);
  const rules = policyRules.filter(({ path }) => sections.includes(path.split('.')[0] ?? ''));
  return [...new Set(rules.map(({ path }) => ruleLabel(t, path)))];
}
