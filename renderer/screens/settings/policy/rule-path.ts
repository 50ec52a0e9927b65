import { policyRules, type PolicyRule } from '../../../../shared/api/policy-rules.ts';
import type { PolicyDocument } from '../../../../shared/api/policy.ts';

type Part = Readonly<Record<string, unknown>>;
const partOf = (value: unknown): Part => (typeof value === 'object' && value !== null ? (value as Part) : {});

/** The value at a path like `code.validFor`; undefined if it is absent. */
export const valueAt = (document: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((part, name) => partOf(part)[name], document);

function replaced(part: unknown, [name = '', ...deeper]: readonly string[], value: unknown): Part {
  const { [name]: before, ...others } = partOf(part);
  const after = deeper.length === 0 ? value : replaced(before, deeper, value);
  return after === undefined ? others : { ...partOf(part), [name]: after };
}

/** A copy of the document with another value at a path; undefined removes it. */
export const withValueAt = (document: PolicyDocument, path: string, value: unknown): PolicyDocument =>
  replaced(document, path.split('.'), value) as PolicyDocument;

/** The value if it is a list, otherwise an empty one. */
export const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The rules whose values differ between two documents. */
export const rulesThatDiffer = (document: PolicyDocument, other: PolicyDocument): readonly PolicyRule[] =>
  policyRules.filter(
    ({ path }) => JSON.stringify(valueAt(document, path)) !== JSON.stringify(valueAt(other, path)),
  );
