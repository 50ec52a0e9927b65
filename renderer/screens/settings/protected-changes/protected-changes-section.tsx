import { useState } from 'react';
import { Alert, Button, Skeleton, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ProtectedChange } from '../../../../shared/api/protected-change-view.ts';
import { failureOf } from '../../../bridge/console-bridge.ts';
import { formatPastTime, fullStamp } from '../../../parts/clock/format-time.ts';
import { FailureLine } from '../../../parts/failure/failure-line.tsx';
import { SettingsSection } from '../../../parts/forms/settings-section.tsx';
import { useProtectedChanges } from '../../../parts/protected-changes/use-protected-changes.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { ChangeCard } from './change-card.tsx';
import { ChangeFields } from './change-fields.tsx';
import './protected-changes.css';

/** Changes that wait for a second administrator, how the desk protects itself, and the changes decided last. */
export function ProtectedChangesSection() {
  const t = useTexts();
  const client = useQueryClient();
  const query = useProtectedChanges();
  const { data } = query;
  const onSettled = () => {
    for (const key of ['protected-changes', 'settings', 'operators'])
      void client.invalidateQueries({ queryKey: [key] });
  };
  return (
    <SettingsSection title={t('protectedChanges.title')} name="protected-changes">
      <FailureLine read={failureOf(query.error)} />
      {query.isPending && <Skeleton role="progressbar" height={80} aria-label={t('settings.loading')} />}
      {data !== undefined && (
        <>
          {data.protection === 'second-administrator' ? (
            <Text size="sm" data-testid="protection" data-state={data.protection}>
              {t('protectedChanges.protection.second-administrator', { names: data.approvers.join(', ') })}
            </Text>
          ) : (
            <Alert variant="light" color="yellow" data-testid="protection" data-state={data.protection}>
              <Text size="sm">{t(`protectedChanges.protection.${data.protection}`)}</Text>
            </Alert>
          )}
          {data.waiting.map((change) => (
            <ChangeCard key={change.id} change={change} onSettled={onSettled} />
          ))}
          {data.waiting.length === 0 && (
            <Text size="sm" c="dimmed">
              {t('protectedChanges.nothing')}
            </Text>
          )}
          {data.settled.length > 0 && <SettledChanges changes={data.settled} />}
        </>
      )}
    </SettingsSection>
  );
}

function SettledChanges({ changes }: { readonly changes: readonly ProtectedChange[] }) {
  const t = useTexts();
  const [isShown, setShown] = useState(false);
  return (
    <>
      <div>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          data-testid="protected-changes-show-settled"
          aria-expanded={isShown}
          onClick={() => setShown(!isShown)}
        >
          {t(isShown ? 'protectedChanges.hideSettled' : 'protectedChanges.showSettled')}
        </Button>
      </div>
      {isShown && (
        <ol className="settled-changes" data-testid="settled-changes">
          {changes.map((change) => (
            <li key={change.id} data-testid="settled-change" data-state={change.state}>
              <Text size="sm" fw={500}>
                <bdi>{t(`protectedChanges.acts.${change.act}`, { subject: change.subject ?? '' })}</bdi>
              </Text>
              <Text size="sm" c="dimmed" title={fullStamp(change.decidedAt ?? change.proposedAt)}>
                {t(`protectedChanges.settled.${change.state}`, {
                  name: change.decidedBy ?? '',
                  proposer: change.proposedBy,
                  time: formatPastTime(change.decidedAt ?? change.proposedAt),
                  reason: change.reason ?? '',
                })}
                {change.failure !== null &&
                  ` ${t(`failures.codes.${change.failure.replaceAll('.', '_')}`, { defaultValue: '' })}`}
              </Text>
              <ChangeFields change={change} />
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
