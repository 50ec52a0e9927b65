import { useCallback, useEffect, useState } from 'react';
import { Button, Group, Text } from '@mantine/core';
import type { UpdateState } from '../../../shared/bridge/update-state.ts';
import type { Failure, Result } from '../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { SettingsSection } from '../../parts/forms/settings-section.tsx';
import { ManagedNote } from '../../parts/managed/managed-note.tsx';
import { useManaged } from '../../parts/managed/use-managed.ts';
import { useLeaveGuard } from '../../parts/unsaved/unsaved.tsx';
import { useTexts } from '../../texts/use-texts.ts';

/** The newer versions of the console, their notes, and how to install them. */
export function UpdatesSection() {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const { UpdateMode } = useManaged().values;
  const [state, setState] = useState<UpdateState | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const take = useCallback(async (answer: Promise<Result<UpdateState>>) => {
    const result = await answer;
    setFailure(result.ok ? null : result.failure);
    if (result.ok) setState(result.value);
  }, []);
  useEffect(() => {
    void take(bridge.app.updates());
    return bridge.on('update', setState);
  }, [bridge, take]);
  useEffect(
    () =>
      bridge.on('notice', ({ kind }) => {
        // The case that was in the way of a restart has ended.
        if (kind === 'update-ready') setFailure(null);
      }),
    [bridge],
  );
  const guard = useLeaveGuard();
  const restart = async () => {
    const result = await bridge.app.restartToUpdate();
    setFailure(result.ok ? null : result.failure);
  };
  if (state === null)
    return (
      <SettingsSection title={t('settings.updates.title')} name="updates">
        <FailureLine failure={failure} />
      </SettingsSection>
    );
  const { mode, stage, installed, version, notes, replacesItself } = state;
  const isOff = mode === 'off';
  return (
    <SettingsSection title={t('settings.updates.title')} name="updates">
      {UpdateMode !== undefined && <ManagedNote />}
      <FailureLine failure={failure ?? state.failure} />
      <Text size="sm" data-testid="settings-updates-installed">
        {t('settings.updates.installed', { version: installed })}
      </Text>
      <Text size="sm" role="status" data-testid="settings-updates-state">
        {t(`settings.updates.${isOff ? 'off' : stage}`, { version: version ?? '' })}{' '}
        {stage === 'available' && !replacesItself && t('settings.updates.byManager')}
      </Text>
      {notes !== null && notes !== '' && (
        <details data-testid="settings-updates-notes">
          <summary>{t('settings.updates.notes', { version: version ?? '' })}</summary>
          <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
            {notes}
          </Text>
        </details>
      )}
      {!isOff && (
        <Group>
          <Button
            variant="default"
            data-testid="settings-updates-check"
            loading={stage === 'checking'}
            disabled={stage === 'downloading' || stage === 'ready'}
            onClick={() => void take(bridge.app.checkUpdates())}
          >
            {t('settings.updates.check')}
          </Button>
          {stage === 'available' && replacesItself && (
            <Button data-testid="settings-updates-fetch" onClick={() => void take(bridge.app.fetchUpdate())}>
              {t('settings.updates.fetch')}
            </Button>
          )}
          {stage === 'ready' && (
            <Button data-testid="settings-updates-restart" onClick={() => guard.leave(() => void restart())}>
              {t('settings.updates.restart')}
            </Button>
          )}
        </Group>
      )}
      {guard.dialog}
    </SettingsSection>
  );
}
