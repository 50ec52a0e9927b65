import { Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { PolicyDocument } from '../../../../shared/api/policy.ts';
import { failureOf, useConsoleBridge, valueOf } from '../../../bridge/console-bridge.ts';
import { formatPastTime } from '../../../parts/clock/format-time.ts';
import { FailureLine } from '../../../parts/failure/failure-line.tsx';
import { useTexts } from '../../../texts/use-texts.ts';

/** Which recent resets the edited policy would have refused. */
export function PolicyTrial({ document }: { readonly document: PolicyDocument }) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [settled] = useDebouncedValue(document, 400);
  const query = useQuery({
    queryKey: ['settings', 'policy-trial', settled],
    queryFn: () => valueOf(bridge.settings.dryRunPolicy({ body: { document: settled } })),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const trial = query.isError ? undefined : query.data;
  return (
    <section
      className="note policy-trial"
      data-testid="settings-policy-trial"
      aria-label={t('settings.trial.title')}
    >
      <FailureLine read={failureOf(query.error)} />
      <Text role="status" fw={600} size="sm" mih={20}>
        {trial === undefined
          ? ''
          : trial.resets === 0
            ? t('settings.trial.none')
            : t('settings.trial.refused', { count: trial.refused.length, resets: trial.resets })}
      </Text>
      {trial !== undefined && trial.byTodaysTier > 0 && (
        <Text size="sm" c="dimmed">
          {t('settings.trial.byTodaysTier', { count: trial.byTodaysTier })}
        </Text>
      )}
      {trial !== undefined && trial.refused.length > 0 && (
        <ul className="trial">
          {trial.refused.map((reset) => (
            <li key={reset.resetId}>
              <Text size="sm">
                <bdi>
                  {t('settings.trial.line', {
                    number: reset.caseNumber,
                    name: reset.displayName,
                    operator: reset.operator,
                    time: formatPastTime(reset.at),
                  })}
                </bdi>
              </Text>
              <Text size="sm" c="dimmed">
                {t(`settings.trial.why.${reset.why}`, { earned: reset.earned, needed: reset.needed })}
              </Text>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
