import { useState } from 'react';
import { Button, Group, Kbd, Text } from '@mantine/core';
import type { CaseView } from '../../../shared/api/case.ts';
import { clockTime } from '../../parts/clock/format-time.ts';
import { useScreenKeys } from '../../parts/keys/screen-keys.ts';
import { ConfirmResetDialog } from '../../parts/reset/confirm-reset-dialog.tsx';
import { useTexts } from '../../texts/use-texts.ts';

/** Offers to end the account's lock, before any step of the case: it needs no new password. Nothing while the account is not locked. */
export function UnlockOffer({ view, onUnlock }: { readonly view: CaseView; readonly onUnlock: () => void }) {
  const t = useTexts();
  const [isAsking, setAsking] = useState(false);
  const { lock, obstacle, earned, needed } = view.unlock;
  const isPossible = lock !== null && obstacle === null;
  useScreenKeys((key) => {
    if (key !== 'l' || !isPossible || isAsking) return false;
    setAsking(true);
    return true;
  });
  if (lock === null) return null;
  const until =
    lock.until === null
      ? t('case.unlock.untilUnlocked')
      : t('case.unlock.until', { time: clockTime(lock.until) });
  const where = lock.where === null ? '' : t('case.unlock.where', { server: lock.where });
  const close = () => {
    setAsking(false);
    onUnlock();
  };
  return (
    <div className="note" data-testid="case-unlock">
      <Text size="sm" fw={600}>
        {t('case.unlock.locked', { since: clockTime(lock.since), until, where })}
      </Text>
      <Group gap={12} mt={8} wrap="nowrap">
        <Button
          data-testid="case-unlock-action"
          variant={isPossible ? 'filled' : 'default'}
          aria-disabled={!isPossible}
          data-disabled={!isPossible}
          aria-describedby="about-unlock"
          onClick={() => isPossible && setAsking(true)}
          rightSection={isPossible ? <Kbd aria-hidden>L</Kbd> : null}
          style={{ flexShrink: 0 }}
        >
          {t('case.reset.unlock')}
        </Button>
        <Text id="about-unlock" size="sm" c="dimmed">
          {obstacle === null && t('case.unlock.hint')}
          {obstacle === 'assurance' && t('case.unlock.points', { earned, needed })}
          {obstacle !== null && obstacle !== 'assurance' && t(`case.reset.obstacles.${obstacle}`)}
        </Text>
      </Group>
      {isAsking && <ConfirmResetDialog view={view} action="unlock" onCancel={close} onReset={close} />}
    </div>
  );
}
