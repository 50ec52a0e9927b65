import { useState } from 'react';
import { Button, Group, SegmentedControl, Text, useMantineColorScheme } from '@mantine/core';
import type { Failure } from '../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { KeyList } from '../../parts/keys/key-list.tsx';
import { ManagedNote } from '../../parts/managed/managed-note.tsx';
import { useManaged } from '../../parts/managed/use-managed.ts';
import { openReport } from '../../parts/report/open-report.ts';
import { SettingsSection } from '../../parts/forms/settings-section.tsx';
import { useOutcome } from '../../parts/forms/use-outcome.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { ServerStatus } from './server-status.tsx';

/** Light, dark, or the system's colour scheme. */
export function AppearanceSection() {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [failure, setFailure] = useState<Failure | null>(null);
  const isManaged = useManaged().values.ColorScheme !== undefined;
  const choose = async (value: string) => {
    const scheme = value === 'light' || value === 'dark' ? value : 'system';
    setColorScheme(scheme === 'system' ? 'auto' : scheme);
    const result = await bridge.app.appearance({ scheme });
    setFailure(result.ok ? null : result.failure);
  };
  return (
    <SettingsSection title={t('settings.appearance.title')} name="appearance">
      <FailureLine failure={failure} />
      <SegmentedControl
        aria-label={t('settings.appearance.label')}
        disabled={isManaged}
        value={colorScheme === 'auto' ? 'system' : colorScheme}
        onChange={(value) => void choose(value)}
        data={(['system', 'light', 'dark'] as const).map((value) => ({
          value,
          label: t(`settings.appearance.${value}`),
        }))}
      />
      {isManaged && <ManagedNote />}
    </SettingsSection>
  );
}

/** Disconnects from the server, after a second click. */
export function ServerSection({ showsStatus }: { readonly showsStatus: boolean }) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [isConfirming, setIsConfirming] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const isLocked = useManaged().values.ServerLocked === true;
  const disconnect = async () => {
    const result = await bridge.server.disconnect();
    // Everything on the screen came from that server, so the page starts again with the choice of a server.
    if (result.ok) window.location.reload();
    else setFailure(result.failure);
  };
  if (isLocked)
    return (
      <SettingsSection title={t('settings.server.title')} name="server">
        {showsStatus && <ServerStatus />}
        <ManagedNote />
      </SettingsSection>
    );
  return (
    <SettingsSection title={t('settings.server.title')} name="server">
      {showsStatus && <ServerStatus />}
      <FailureLine failure={failure} />
      <Text size="sm">{t(isConfirming ? 'settings.server.confirm' : 'settings.server.text')}</Text>
      <Group>
        <Button
          variant="default"
          data-testid="settings-server-disconnect"
          onClick={() => (isConfirming ? void disconnect() : setIsConfirming(true))}
        >
          {t('settings.server.disconnect')}
        </Button>
        {isConfirming && (
          <Button variant="default" onClick={() => setIsConfirming(false)}>
            {t('settings.server.cancel')}
          </Button>
        )}
      </Group>
    </SettingsSection>
  );
}

/** Copies facts about this installation for support. */
export function DiagnosticsSection() {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const { message, failure, settle } = useOutcome();
  return (
    <SettingsSection title={t('settings.diagnostics.title')} name="diagnostics">
      <FailureLine failure={failure} />
      <Group>
        <Button
          variant="default"
          data-testid="settings-diagnostics-copy"
          onClick={() => void settle(bridge.app.copyDiagnostics(), () => t('settings.diagnostics.copied'))}
        >
          {t('settings.diagnostics.copy')}
        </Button>
        <Button variant="default" data-testid="settings-diagnostics-report" onClick={openReport}>
          {t('settings.diagnostics.report')}
        </Button>
        <Text size="sm" role="status">
          {message}
        </Text>
      </Group>
    </SettingsSection>
  );
}

export function KeyboardShortcutsSection() {
  const t = useTexts();
  return (
    <SettingsSection title={t('shell.keys')} name="keys">
      <KeyList />
    </SettingsSection>
  );
}
