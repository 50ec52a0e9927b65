import { useEffect, useState } from 'react';
import { Button } from '@mantine/core';
import type { BackendProcessState, ConnectionState, ConsoleState } from '../../../shared/bridge/state.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { useTexts } from '../../texts/use-texts.ts';

interface TroubleBannerProps {
  readonly connection: ConnectionState['state'];
  readonly onState: (state: ConsoleState) => void;
}

/** Says that the backend cannot be reached, for as long as it cannot, and offers a restart where that helps. */
export function TroubleBanner({ connection, onState }: TroubleBannerProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [backend, setBackend] = useState<BackendProcessState | null>(null);
  useEffect(() => bridge.on('backendProcess', setBackend), [bridge]);
  const trouble =
    backend?.state === 'failed' || backend?.state === 'restarting'
      ? backend.state
      : connection === 'offline'
        ? 'offline'
        : null;
  if (trouble === null) return null;
  const restart = async () => {
    const answer = await bridge.server.restartBackend();
    if (answer.ok) onState(answer.value);
  };
  return (
    <div className="banner" role="alert" data-testid="trouble-banner">
      {t(`shell.banner.${trouble}`)}{' '}
      {trouble === 'failed' && (
        <Button size="compact-sm" variant="default" onClick={() => void restart()}>
          {t('shell.banner.restart')}
        </Button>
      )}
    </div>
  );
}
