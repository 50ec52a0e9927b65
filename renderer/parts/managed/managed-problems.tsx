import { Alert, List } from '@mantine/core';
import type { ManagedProblem, ManagedState } from '../../../shared/managed/managed-settings.ts';
import { useTexts, type Translate } from '../../texts/use-texts.ts';

const sentence = (t: Translate, { kind, setting, place }: ManagedProblem): string =>
  t(`managed.problems.${kind}`, {
    place,
    setting: setting ?? '',
    expected: kind === 'invalid' ? t(`managed.expected.${setting}`) : '',
  });

/** The managed values that are not used, each with its reason; nothing if all are. */
export function ManagedProblems({ managed }: { readonly managed: ManagedState }) {
  const t = useTexts();
  if (managed.problems.length === 0) return null;
  return (
    <Alert variant="default" title={t('managed.problems.title')} data-testid="managed-problems">
      <List size="sm">
        {managed.problems.map((problem) => (
          <List.Item key={`${problem.place} ${problem.setting} ${problem.kind}`}>
            {sentence(t, problem)}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
