import { useState } from 'react';
import { Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { formatPastTime } from '../../../parts/clock/format-time.ts';
import { failureOf, useConsoleBridge, valueOf } from '../../../bridge/console-bridge.ts';
import { FailureLine } from '../../../parts/failure/failure-line.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { SettingsSection } from '../../../parts/forms/settings-section.tsx';
import { PolicyForm } from './policy-form.tsx';
import { PolicyHistory } from './policy-history.tsx';
import type { PolicyTopic } from './policy-topics.ts';
import './policy.css';

interface PolicySettingsProps {
  readonly mayChange: boolean;
  /** The element id of a topic; null for the section above the topics. */
  readonly idOf: (topic: PolicyTopic | null) => string;
}

/** The policy in force. An administrator may change each rule within its bounds. */
export function PolicySettings({ mayChange, idOf }: PolicySettingsProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const query = useQuery({
    queryKey: ['settings', 'policy'],
    queryFn: () => valueOf(bridge.settings.policy({})),
    retry: false,
  });
  const [saves, setSaves] = useState(0);
  const view = query.data;
  const head = (
    <div id={idOf(null)} tabIndex={-1}>
      <SettingsSection title={t('policy.title')} name="policy">
        <FailureLine read={failureOf(query.error)} />
        {query.isPending && <Skeleton role="progressbar" height={160} aria-label={t('settings.loading')} />}
        {view !== undefined && (
          <div>
            <Text size="sm" c="dimmed">
              {view.version === 1
                ? t('policy.original')
                : t('policy.version', { version: view.version, time: formatPastTime(view.changedAt) })}
            </Text>
            <PolicyHistory version={view.version} />
          </div>
        )}
      </SettingsSection>
    </div>
  );
  if (view === undefined) return head;
  return (
    <PolicyForm
      // The form starts again from the policy in force, also where its changes were sent to another administrator.
      key={`${view.version} ${saves}`}
      view={view}
      mayChange={mayChange}
      onChanged={() => {
        setSaves(saves + 1);
        void query.refetch();
      }}
      idOf={idOf}
      head={head}
    />
  );
}
