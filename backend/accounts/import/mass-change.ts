import type { ImportCounts, ImportView } from '../../../shared/api/import-view.ts';
import type { PolicyDocument } from '../../../shared/api/policy.ts';

/** Up to this many accounts are never a mass change, because a desk that is being set up has only a handful. */
export const few = 4;

/** The kinds of changes of an import that are so many that they could be a mistake or an attack. `total` is the number of all accounts. */
export function massChangesOf(
  counts: ImportCounts,
  refused: number,
  total: number,
  { massChange }: Pick<PolicyDocument['accounts'], 'massChange'>,
): ImportView['massChanges'] {
  const isMass = (count = 0) =>
    count > few && (count > massChange.accounts || count > (total * massChange.percent) / 100);
  const kinds = ['contact', 'tier', 'manager', 'status', 'closed', 'addedAgain'] as const;
  const found: ImportView['massChanges'] = kinds.filter((kind) => isMass(counts[kind]));
  // A person whose row cannot be read is not missing from the file.
  if (counts.closed > 0 && refused > 0) found.push('closed-despite-refused');
  return found;
}
