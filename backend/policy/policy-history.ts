import type { z } from 'zod';
import type { listPolicyVersions } from '../../shared/api/policy-trial.ts';
import { policyRules } from '../../shared/api/policy-rules.ts';
import { defaultPolicy } from '../../shared/api/policy.ts';
import type { Store } from '../store/store.ts';

type History = z.output<typeof listPolicyVersions.answer>;
type Rules = ReadonlyMap<string, string>;

/** The rules of a document: dotted name and value as JSON. A list is one value. */
function rulesOf(value: unknown, name = ''): [string, string][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [[name, JSON.stringify(value)]];
  }
  return Object.entries(value).flatMap(([key, part]) => rulesOf(part, name === '' ? key : `${name}.${key}`));
}

/** Rules that a document may omit, which then require nothing. */
const optional = new Set(policyRules.filter((rule) => rule.optional).map(({ path }) => path));

/** The differences between two documents. A rule that an older document did not have yet is no difference; an omitted optional rule is. */
function changesBetween(before: Rules, after: Rules): History['versions'][number]['changes'] {
  return [...new Set([...after.keys(), ...before.keys()])]
    .map((rule) => ({ rule, from: before.get(rule) ?? null, to: after.get(rule) ?? null }))
    .filter(({ rule, from, to }) => from !== to && ((from !== null && to !== null) || optional.has(rule)));
}

/** The policy's versions and their changes, newest first. Version 1 is the built-in default. */
export async function readPolicyHistory(store: Store, limit: number): Promise<History> {
  const rows = await store.db
    .selectFrom('policies')
    .selectAll()
    .orderBy('version', 'desc')
    .limit(limit + 1)
    .execute();
  const rules = rows.map(({ document }): Rules => new Map(rulesOf(JSON.parse(document))));
  const first: Rules = new Map(rulesOf(defaultPolicy));
  return {
    versions: rows.slice(0, limit).map(({ version, changed_at, changed_by }, index) => ({
      version,
      changedAt: new Date(changed_at).toISOString(),
      changedBy: changed_by,
      changes: changesBetween(rules[index + 1] ?? first, rules[index] ?? first),
    })),
  };
}
