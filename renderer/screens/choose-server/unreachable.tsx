import { useState } from 'react';
import { Button, Group, Text } from '@mantine/core';
import type { ConsoleState } from '../../../shared/bridge/state.ts';
import type { Failure, Result } from '../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { ManagedNote } from '../../parts/managed/managed-note.tsx';
import { FailureLine } from '../../parts/failure/failure-line.tsx';

/** The configured server or the embedded backend is not responding. */
export function Unreachable({
  state,
  onState,
}: {
  readonly state: ConsoleState;
  readonly onState: (state: ConsoleState) => void;
}) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(state.failure);
  const here = state.server?.kind === 'this-computer';
  const isLocked = state.managed.values.ServerLocked === true;
  const go = async (work: () => Promise<Result<ConsoleState>>) => {
    setBusy(true);
    const result = await work();
    setBusy(false);
    if (!result.ok) return setFailure(result.failure);
    setFailure(result.value.failure);
    onState(result.value);
  };
  return (
    <main className="entrance">
      <div className="entrance-card" data-testid="unreachable">
        <h1>{t(here ? 'entrance.unreachable.here' : 'entrance.unreachable.title')}</h1>
        {!here && <Text>{state.server?.address}</Text>}
        <FailureLine failure={failure} />
        <Group>
          <Button
            autoFocus
            data-testid="unreachable-retry"
            loading={busy}
            onClick={() => void go(here ? () => bridge.server.restartBackend() : () => bridge.app.start())}
          >
            {t(here ? 'entrance.unreachable.restart' : 'entrance.unreachable.again')}
          </Button>
          {!isLocked && (
            <Button
              variant="default"
              data-testid="unreachable-other-server"
              onClick={() => void go(() => bridge.server.disconnect())}
            >
              {t('entrance.unreachable.other')}
            </Button>
          )}
        </Group>
        {isLocked && <ManagedNote />}
      </div>
    </main>
  );
}
