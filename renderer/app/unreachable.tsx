import { useState } from 'react';
import { Button, Group, Text } from '@mantine/core';
import type { Failure } from '../../shared/errors/result.ts';
import { useConsoleBridge } from '../bridge/console-bridge.ts';
import { FailureLine } from '../failure/failure-line.tsx';
import { useWords } from '../texts/use-words.ts';
import { useConsole } from './console-context.ts';
import { Gate } from './gate.tsx';

/** The configured backend does not answer: try again, or go elsewhere. */
export function Unreachable() {
  const words = useWords();
  const bridge = useConsoleBridge();
  const { state, replace } = useConsole();
  const [working, setWorking] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const here = state.server?.kind === 'this-computer';
  const go = async (way: 'again' | 'other') => {
    if (working) return;
    setWorking(true);
    const result = await (way === 'other'
      ? bridge.server.disconnect()
      : here
        ? bridge.server.restartBackend()
        : bridge.app.start());
    setWorking(false);
    setFailure(result.ok ? null : result.failure);
    if (result.ok) replace(result.value);
  };
  return (
    <Gate title={words(here ? 'app.unreachable.here' : 'app.unreachable.server')}>
      <FailureLine failure={failure ?? state.failure} />
      {!here && state.server !== null && (
        <Text size="sm" c="dimmed">
          {words('app.unreachable.at', { address: state.server.address })}
        </Text>
      )}
      <Group gap={8}>
        <Button autoFocus aria-disabled={working} onClick={() => void go('again')}>
          {words(working ? 'app.unreachable.trying' : 'app.unreachable.again')}
        </Button>
        <Button variant="default" onClick={() => void go('other')}>
          {words('app.unreachable.other')}
        </Button>
        <Button variant="default" onClick={() => void bridge.app.copyDiagnostics()}>
          {words('app.unreachable.diagnostics')}
        </Button>
      </Group>
    </Gate>
  );
}
