import { useMemo, useRef, useState, type ReactNode } from 'react';
import { Button, Group, Modal, PasswordInput, Text } from '@mantine/core';
import type { Bridge } from '../../shared/bridge/contract.ts';
import type { Failure } from '../../shared/errors/result.ts';
import { BridgeOverride } from '../bridge/console-bridge.ts';
import { FailureLine } from '../failure/failure-line.tsx';
import { useWords } from '../texts/use-words.ts';
import { createAskingBridge } from './asking-bridge.ts';

interface ReauthenticateProps {
  readonly bridge: Bridge;
  readonly onSessionLost: () => Promise<void>;
  readonly children: ReactNode;
}

/** Gives everything below a bridge that asks for the operator's password when the backend wants a fresher proof. */
export function Reauthenticate({ bridge, onSessionLost, children }: ReauthenticateProps) {
  const [asking, setAsking] = useState(false);
  const waiting = useRef<((proven: boolean) => void)[]>([]);
  const asked = useMemo(
    () =>
      createAskingBridge(bridge, {
        prove: () =>
          new Promise((resolve) => {
            // Several calls may fail at once: one question answers them all.
            waiting.current.push(resolve);
            setAsking(true);
          }),
        onSessionLost: () => void onSessionLost(),
      }),
    [bridge, onSessionLost],
  );
  const settle = (proven: boolean) => {
    setAsking(false);
    for (const resolve of waiting.current.splice(0)) resolve(proven);
  };
  return (
    <BridgeOverride value={asked}>
      {children}
      {asking && <ProofDialog bridge={bridge} onSettled={settle} />}
    </BridgeOverride>
  );
}

function ProofDialog({
  bridge,
  onSettled,
}: {
  readonly bridge: Bridge;
  readonly onSettled: (proven: boolean) => void;
}) {
  const words = useWords();
  const [password, setPassword] = useState('');
  const [working, setWorking] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const prove = async () => {
    if (working || password === '') return;
    setWorking(true);
    setFailure(null);
    const result = await bridge.session.reauthenticate({ password });
    setWorking(false);
    if (result.ok) onSettled(true);
    else setFailure(result.failure);
  };
  return (
    <Modal
      opened
      onClose={() => onSettled(false)}
      title={words('app.proof.title')}
      centered
      withCloseButton={false}
      transitionProps={{ duration: 0 }}
      zIndex={400}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void prove();
        }}
      >
        <Text size="sm">{words('app.proof.text')}</Text>
        <PasswordInput
          data-autofocus
          mt={12}
          label={words('app.proof.password')}
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <FailureLine failure={failure} instead={{ 'session.credentials-wrong': words('app.proof.wrong') }} />
        <Group mt={16} justify="flex-end">
          <Button variant="default" onClick={() => onSettled(false)}>
            {words('app.proof.cancel')}
          </Button>
          <Button type="submit" aria-disabled={working}>
            {words(working ? 'app.proof.working' : 'app.proof.action')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
