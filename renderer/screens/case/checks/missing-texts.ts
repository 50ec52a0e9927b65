import type { AssuranceView, CheckKind } from '../../../../shared/api/check.ts';
import type { Words } from '../../../texts/use-texts.ts';

/** Joins names as a sentence does: “a, b or c”. */
function joined(names: readonly string[], by: 'case.verify.or' | 'case.verify.and', words: Words): string {
  const [first = '', ...rest] = names;
  return rest.reduce(
    (before, last, index) => words(index === rest.length - 1 ? by : 'case.verify.comma', { before, last }),
    first,
  );
}

/** What the case still needs, and which checks would bring it, in words. */
export function sayWhatIsMissing(assurance: AssuranceView, words: Words): string {
  const { needed, met, missing, closing } = assurance;
  if (met) return words('case.verify.enough');
  if (closing.length === 0) return words('case.verify.unreachable', { needed });
  const nameOf = (kind: CheckKind) => words(`case.checkNames.${kind}`);
  const ways = closing.map((kinds) => joined(kinds.map(nameOf), 'case.verify.and', words));
  const values = { count: missing.points, checks: joined(ways, 'case.verify.or', words) };
  if (missing.points === 0) return words('case.verify.factorAlone', values);
  const another = missing.factors > 0 && assurance.factors.earned.length > 0;
  return words(another ? 'case.verify.missingFactor' : 'case.verify.missing', values);
}
