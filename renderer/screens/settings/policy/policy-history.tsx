import { useState } from 'react';
import { Button, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { failureOf, useConsoleBridge, valueOf } from '../../../bridge/console-bridge.ts';
import { formatPastTime, fullStamp } from '../../../parts/clock/format-time.ts';
import type { PolicyChange } from '../../../../shared/api/policy-trial.ts';
import { policyRules } from '../../../../shared/api/policy-rules.ts';
import { FailureLine } from '../../../parts/failure/failure-line.tsx';
import { useTexts, type Translate } from '../../../texts/use-texts.ts';
import { ruleLabel, valueWords } from './rule-texts.ts';

/** One change of the policy as text. The backend sends the values as JSON. */
function changeWords(t: Translate, { rule: path, from, to }: PolicyChange): string {
  const rule = policyRules.find((candidate) => candidate.path === path);
  const textOf = (json: string | null) =>
    valueWords(t, rule, path, json === null ? undefined : (JSON.parse(json) as unknown));
  return t('settings.history.change', {
    rule: ruleLabel(t, path),
    from: textOf(from),
    to: textOf(to),
  });
}

/** The changes of the policy, with time and operator. Read when it is opened. */
export function PolicyHistory({ version }: { readonly version: number }) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [shown, setShown] = useState(false);
  const query = useQuery({
    queryKey: ['settings', 'policy', 'versions', version],
    queryFn: () => valueOf(bridge.settings.policyVersions({ query: {} })),
    enabled: shown,
    retry: false,
  });
  const versions = query.data?.versions ?? [];
  return (
    <>
      <Button
        mt={12}
        variant="subtle"
        color="gray"
        size="compact-sm"
        data-testid="settings-policy-show-history"
        aria-expanded={shown}
        onClick={() => setShown(!shown)}
      >
        {t(shown ? 'settings.history.hide' : 'settings.history.show')}
      </Button>
      <FailureLine read={failureOf(query.error)} />
      {shown && query.isPending && <Skeleton height={80} />}
      {shown && query.data !== undefined && versions.length === 0 && (
        <Text size="sm">{t('settings.history.none')}</Text>
      )}
      {shown && (
        <ol className="trial" data-testid="settings-policy-history">
          {versions.map((entry) => (
            <li key={entry.version}>
              <Text size="sm" title={fullStamp(entry.changedAt)}>
                <bdi>
                  {t('settings.history.line', {
                    version: entry.version,
                    time: formatPastTime(entry.changedAt),
                    name: entry.changedBy ?? t('timeline.system'),
                  })}
                </bdi>
              </Text>
              <Text size="sm" c="dimmed">
                {entry.changes.length === 0
                  ? t('settings.history.nothing')
                  : entry.changes.map((change) => changeWords(t, change)).join(' · ')}
              </Text>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
