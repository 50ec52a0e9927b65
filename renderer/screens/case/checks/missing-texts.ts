import type { AssuranceView, CheckKind } from '../../../../shared/api/check.ts';
import type { Translate } from '../../../texts/use-texts.ts';

/** How long a check takes with a caller on the phone, in steps of about half a minute. */
const effort: Readonly<Record<CheckKind, number>> = {
  'authenticator-code': 1,
  'recovery-code': 2,
  'emailed-code': 2,
  'texted-code': 2,
  'security-questions': 3,
  'in-person': 4,
  'call-back': 6,
  'managers-word': 10,
};

/** The checks that reach the bar with the least time; empty if the bar is reached or out of reach. */
export function recommendedChecks({ met, closing }: AssuranceView): readonly CheckKind[] {
  if (met) return [];
  const costOf = (kinds: readonly CheckKind[]) => kinds.reduce((sum, kind) => sum + effort[kind], 0);
  return closing.toSorted((a, b) => costOf(a) - costOf(b))[0] ?? [];
}

/** With more ways to reach the bar than this, the sentence names only the recommended one, which the list marks. */
const maxNamedWays = 3;

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
  const named = closing.length > maxNamedWays ? [recommendedChecks(assurance)] : closing;
  const ways = named.map((kinds) => joined(kinds.map(nameOf), 'case.verify.and', t));
  const values = { count: missing.points, checks: joined(ways, 'case.verify.or', t) };
  if (missing.points === 0) return t('case.verify.factorAlone', values);
  const others = closing.length - named.length;
  if (others > 0) values.checks = t('case.verify.otherWays', { count: others, checks: values.checks });
  const another = missing.factors > 0 && assurance.factors.earned.length > 0;
  return t(another ? 'case.verify.missingFactor' : 'case.verify.missing', values);
}
