import { useState } from 'react';
import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { Failure } from '../../shared/errors/result.ts';
import { useConsole } from '../app/console-context.ts';
import { useConsoleBridge } from '../bridge/console-bridge.ts';
import { FailureLine } from '../failure/failure-line.tsx';
import { useWords } from '../texts/use-words.ts';

/** Says over the page, moving nothing, that the backend is away or that something is worth knowing. */
export function Banner() {
  const words = useWords();
  const bridge = useConsoleBridge();
  const { state, backend, notice, dismiss, replace } = useConsole();
  const [failure, setFailure] = useState<Failure | null>(null);
  const restart = async () => {
    const result = await bridge.server.restartBackend();
    setFailure(result.ok ? null : result.failure);
    if (result.ok) replace(result.value);
  };
  const which =
    backend?.state === 'failed'
      ? 'failed'
      : backend?.state === 'restarting' || backend?.state === 'starting'
        ? 'restarting'
        : state.connection?.state === 'offline' || state.stage === 'unreachable'
          ? 'offline'
          : null;
  return (
    <div role="status">
      {(which !== null || notice !== null) && (
        <div className="banner">
          <IconAlertTriangle size={18} aria-hidden />
          <span>{which === null ? notice : words(`shell.banner.${which}`)}</span>
          {which === 'failed' && (
            <Button size="compact-sm" variant="default" onClick={() => void restart()}>
              {words('shell.banner.restart')}
            </Button>
          )}
          {which === null && (
            <Button size="compact-sm" variant="default" onClick={dismiss}>
              {words('shell.notice.dismiss')}
            </Button>
          )}
          <FailureLine failure={failure} />
        </div>
      )}
    </div>
  );
}
