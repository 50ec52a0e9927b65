import { memo, useState } from 'react';
import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Value } from '../../../shared/bridge/contract.ts';
import { useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { ChooseFile } from '../../parts/forms/choose-file.tsx';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { ReadSection } from '../../parts/forms/read-section.tsx';
import { useOutcome } from '../../parts/forms/use-outcome.ts';
import { useProven } from '../../parts/proof/use-proven.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { drawLogo, UnusableLogo, type LogoFault } from './draw-logo.ts';

type Stored = Value<'settings', 'logo'>;

/** The organisation's logo in emails and on the pages. */
export function LogoSettingsSection() {
  const t = useTexts();
  const bridge = useConsoleBridge();
  return (
    <ReadSection
      title={t('settings.logo.title')}
      name="logo"
      read={() => bridge.settings.logo({})}
      lead={
        <Text size="sm" c="dimmed">
          {t('settings.logo.lead')}
        </Text>
      }
    >
      {({ logo }, refetch) => <LogoForm logo={logo} onStored={refetch} />}
    </ReadSection>
  );
}

/** The logo beside the help desk's contact data, where an administrator may also leave it out; nothing for other operators. */
export const LogoBesideContact = memo(function LogoBesideContact() {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const { data, refetch } = useQuery({
    queryKey: ['settings', 'logo'],
    queryFn: () => valueOf(bridge.settings.logo({})),
    retry: false,
  });
  if (data === undefined) return null;
  return (
    <Stack gap={8} mt={16} align="flex-start" data-testid="settings-contact-logo">
      <Text component="h3" size="sm" fw={500} m={0}>
        {t('settings.logo.optional')}
      </Text>
      <LogoForm logo={data.logo} onStored={() => void refetch()} />
    </Stack>
  );
});

function LogoForm({ logo, onStored }: { readonly logo: Stored['logo']; readonly onStored: () => void }) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const { run, dialog } = useProven();
  const { message, failure, settle } = useOutcome();
  const [fault, setFault] = useState<LogoFault | null>(null);
  const choose = async (file: File) => {
    setFault(null);
    try {
      const image = await drawLogo(file);
      const changed = run(() => bridge.settings.changeLogo({ body: { image } }));
      if (await settle(changed, () => t('settings.logo.saved'))) onStored();
    } catch (thrown) {
      if (!(thrown instanceof UnusableLogo)) throw thrown;
      setFault(thrown.fault);
    }
  };
  const remove = async () => {
    setFault(null);
    if (
      await settle(
        run(() => bridge.settings.removeLogo({})),
        () => t('settings.logo.removed'),
      )
    )
      onStored();
  };
  return (
    <>
      {dialog}
      {logo === null ? (
        <Text>{t('settings.logo.none')}</Text>
      ) : (
        <div className="logo-preview">
          <img
            data-testid="settings-logo-picture"
            src={`data:image/png;base64,${logo.image}`}
            alt={t('settings.logo.picture', { width: logo.width, height: logo.height })}
          />
          {/* The same picture on dark pages. */}
          <img data-dark="true" src={`data:image/png;base64,${logo.image}`} alt="" />
        </div>
      )}
      <Group gap={8}>
        <ChooseFile
          accept="image/png,image/jpeg,image/svg+xml"
          inputTestId="settings-logo-file"
          data-testid="settings-logo-choose"
          onFile={(file) => void choose(file)}
        >
          {t(logo === null ? 'settings.logo.choose' : 'settings.logo.replace')}
        </ChooseFile>
        {logo !== null && (
          <Button variant="subtle" data-testid="settings-logo-remove" onClick={() => void remove()}>
            {t('settings.logo.remove')}
          </Button>
        )}
      </Group>
      {fault !== null && (
        <Text c="red" size="sm" role="alert" data-testid="settings-logo-fault">
          {t(`settings.logo.faults.${fault}`)}
        </Text>
      )}
      <FailureLine failure={failure} />
      <Text size="sm" role="status">
        {message ?? ''}
      </Text>
    </>
  );
}
