import type { AssuranceView, CheckKind } from '../../../../shared/api/check.ts';
import type { Translate } from '../../../texts/use-texts.ts';

/** Joins names as in a sentence: “a, b or c”. */
function joined(names: readonly string[], by: 'case.verify.or' | 'case.verify.and', t: Translate): string {
  const [first = '', ...rest] = names;
  return rest.reduce(
    (before, last, index) => t(index === rest.length - 1 ? by : 'case.verify.comma', { before, last }),
    first,
  );
}

/** The text about what the case still needs and which checks can provide it. */
export function sayWhatIsMissing(assurance: AssuranceView, t: Translate): string {
  const { needed, met, missing, closing } = assurance;
  if (met) return t('case.verify.enough');
  if (closing.length === 0) return t('case.verify.unreachable', { needed });
  const nameOf = (kind: CheckKind) => t(`case.checkNames.${kind}`);
  const ways = closing.map((kinds) => joined(kinds.map(nameOf), 'case.verify.and', t));
  const values = { count: missing.points, checks: joined(ways, 'case.verify.or', t) };
  if (missing.points === 0) return t('case.verify.factorAlone', values);
  const another = missing.factors > 0 && assurance.factors.earned.length > 0;
  return t(another ? 'case.verify.missingFactor' : 'case.verify.missing', values);
}
