import { useState } from 'react';
import { Button, Group, TextInput, UnstyledButton } from '@mantine/core';
import { IconDeviceDesktop, IconServer2 } from '@tabler/icons-react';
import type { ConsoleState } from '../../shared/bridge/state.ts';
import type { Failure, Result } from '../../shared/errors/result.ts';
import { useConsoleBridge } from '../bridge/console-bridge.ts';
import { FailureLine } from '../failure/failure-line.tsx';
import { useWords } from '../texts/use-words.ts';
import { useConsole } from './console-context.ts';
import { Gate } from './gate.tsx';

/** The first choice: accounts on this computer, or on a server. */
export function Doors() {
  const words = useWords();
  const bridge = useConsoleBridge();
  const { replace, state } = useConsole();
  const [toServer, setToServer] = useState(false);
  const [address, setAddress] = useState(state.server?.kind === 'server' ? state.server.address : '');
  const [working, setWorking] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(state.failure);
  const go = async (call: () => Promise<Result<ConsoleState>>) => {
    if (working) return;
    setWorking(true);
    setFailure(null);
    const result = await call();
    setWorking(false);
    if (!result.ok) return setFailure(result.failure);
    // A server that was never reached is no place to go: its failure belongs to the address typed here.
    if (toServer && result.value.stage === 'unreachable') return setFailure(result.value.failure);
    replace(result.value);
  };
  if (toServer)
    return (
      <Gate title={words('app.doors.serverTitle')}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (address.trim() !== '') void go(() => bridge.server.connect({ address: address.trim() }));
          }}
        >
          <TextInput
            autoFocus
            label={words('app.doors.address')}
            description={words('app.doors.addressHint')}
            value={address}
            spellCheck={false}
            autoComplete="off"
            maxLength={2000}
            onChange={(event) => setAddress(event.currentTarget.value)}
          />
          <Group gap={8}>
            <Button type="submit" aria-disabled={working || address.trim() === ''}>
              {words(working ? 'app.doors.connecting' : 'app.doors.connect')}
            </Button>
            <Button
              variant="default"
              onClick={() => {
                setToServer(false);
                setFailure(null);
              }}
            >
              {words('app.doors.back')}
            </Button>
          </Group>
          <div className="gate-failure">
            <FailureLine failure={failure} />
          </div>
        </form>
      </Gate>
    );
  return (
    <Gate wide title={words('app.doors.title')}>
      <div className="doors">
        <UnstyledButton
          className="door"
          aria-labelledby="door-here"
          aria-describedby="door-here-text"
          aria-disabled={working}
          onClick={() => void go(() => bridge.server.useThisComputer())}
        >
          <IconDeviceDesktop size={26} stroke={1.6} aria-hidden />
          <strong id="door-here">{words('app.doors.here')}</strong>
          <span id="door-here-text" className="quiet">
            {words('app.doors.hereText')}
          </span>
        </UnstyledButton>
        <UnstyledButton
          className="door"
          aria-labelledby="door-server"
          aria-describedby="door-server-text"
          aria-disabled={working}
          onClick={() => setToServer(true)}
        >
          <IconServer2 size={26} stroke={1.6} aria-hidden />
          <strong id="door-server">{words('app.doors.server')}</strong>
          <span id="door-server-text" className="quiet">
            {words('app.doors.serverText')}
          </span>
        </UnstyledButton>
      </div>
      <div className="gate-failure" role="status">
        {working ? words('app.doors.starting') : ''}
        <FailureLine failure={failure} />
      </div>
    </Gate>
  );
}
