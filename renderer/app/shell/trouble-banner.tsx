import { useEffect, useState } from 'react';
import { Button } from '@mantine/core';
import type { BackendProcessState, ConnectionState, ConsoleState } from '../../../shared/bridge/state.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { useTexts } from '../../texts/use-texts.ts';

type Trouble = 'failed' | 'restarting' | 'offline';

/** Why the backend cannot be reached; null if it can. */
export function useTrouble(connection: ConnectionState['state']): Trouble | null {
  const bridge = useConsoleBridge();
  const [backend, setBackend] = useState<BackendProcessState | null>(null);
  useEffect(() => bridge.on('backendProcess', setBackend), [bridge]);
  if (backend?.state === 'failed' || backend?.state === 'restarting') return backend.state;
  return connection === 'offline' ? 'offline' : null;
}

interface TroubleBannerProps {
  readonly trouble: Trouble | null;
  readonly onState: (state: ConsoleState) => void;
}

/** Says that the backend cannot be reached, for as long as it cannot, and offers a restart where that helps. */
export function TroubleBanner({ trouble, onState }: TroubleBannerProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
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
