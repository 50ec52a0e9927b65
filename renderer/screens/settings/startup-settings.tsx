import { useState } from 'react';
import { Switch } from '@mantine/core';
import type { Failure } from '../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { SettingsSection } from '../../parts/forms/settings-section.tsx';
import { ManagedNote } from '../../parts/managed/managed-note.tsx';
import { useManaged } from '../../parts/managed/use-managed.ts';
import { useStartup } from '../../parts/startup/use-startup.ts';
import { useTexts } from '../../texts/use-texts.ts';

/** Whether the console starts with the computer and stays in the tray. */
export function StartupSection() {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const { startup, onChosen } = useStartup();
  const { Autostart, Tray } = useManaged().values;
  const [failure, setFailure] = useState<Failure | null>(null);
  const choose = async (change: Partial<typeof startup>) => {
    const chosen = { ...startup, ...change };
    const result = await bridge.app.startup(chosen);
    setFailure(result.ok ? null : result.failure);
    if (result.ok) onChosen(chosen);
  };
  return (
    <SettingsSection title={t('settings.startup.title')} name="startup">
      <FailureLine failure={failure} />
      <Switch
        label={t('settings.startup.autostart')}
        data-testid="settings-startup-autostart"
        checked={startup.autostart}
        disabled={Autostart !== undefined}
        onChange={(event) => void choose({ autostart: event.currentTarget.checked })}
      />
      {Autostart !== undefined && <ManagedNote />}
      <Switch
        label={t('settings.startup.tray')}
        description={t('settings.startup.trayHint')}
        data-testid="settings-startup-tray"
        checked={startup.tray}
        disabled={Tray !== undefined}
        onChange={(event) => void choose({ tray: event.currentTarget.checked })}
      />
      {Tray !== undefined && <ManagedNote />}
    </SettingsSection>
  );
}
