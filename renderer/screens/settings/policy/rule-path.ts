import { policyRules, type PolicyRule } from '../../../../shared/api/policy-rules.ts';
import type { PolicyDocument } from '../../../../shared/api/policy.ts';

type Part = Readonly<Record<string, unknown>>;
const partOf = (value: unknown): Part => (typeof value === 'object' && value !== null ? (value as Part) : {});

/** What a document says for a rule; undefined where it says nothing. */
export const valueAt = (document: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((part, name) => partOf(part)[name], document);

function replaced(part: unknown, [name = '', ...deeper]: readonly string[], value: unknown): Part {
  const { [name]: before, ...others } = partOf(part);
  const after = deeper.length === 0 ? value : replaced(before, deeper, value);
  return after === undefined ? others : { ...partOf(part), [name]: after };
}

/** The document with another value for one rule; undefined leaves the rule out. */
export const withValueAt = (document: PolicyDocument, path: string, value: unknown): PolicyDocument =>
  replaced(document, path.split('.'), value) as PolicyDocument;

/** A value where it is a list. */
export const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The rules in which two documents differ. */
export const rulesThatDiffer = (one: PolicyDocument, other: PolicyDocument): readonly PolicyRule[] =>
  policyRules.filter(
    ({ path }) => JSON.stringify(valueAt(one, path)) !== JSON.stringify(valueAt(other, path)),
  );
