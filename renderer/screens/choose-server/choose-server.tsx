import { useRef, useState, type SubmitEvent } from 'react';
import { Button, Text, TextInput } from '@mantine/core';
import type { ConsoleState } from '../../../shared/bridge/state.ts';
import type { ManagedState } from '../../../shared/managed/managed-settings.ts';
import type { Failure, Result } from '../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { ManagedNote } from '../../parts/managed/managed-note.tsx';
import { ManagedProblems } from '../../parts/managed/managed-problems.tsx';
import { FailureLine } from '../../parts/failure/failure-line.tsx';

interface ChooseServerProps {
  readonly managed: ManagedState;
  readonly onState: (state: ConsoleState) => void;
}

/** The first start: the administrator chooses this computer or a server. */
export function ChooseServer({ managed, onState }: ChooseServerProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [address, setAddress] = useState(managed.values.ServerUrl ?? '');
  const [busy, setBusy] = useState<'here' | 'server' | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const attempt = useRef(0);
  const go = async (which: 'here' | 'server', answer: Promise<Result<ConsoleState>>) => {
    attempt.current += 1;
    const started = attempt.current;
    setBusy(which);
    setFailure(null);
    const result = await answer;
    // The administrator cancelled in the meantime.
    if (attempt.current !== started) return;
    setBusy(null);
    if (result.ok) onState(result.value);
    else setFailure(result.failure);
  };
  const cancel = () => {
    attempt.current += 1;
    setBusy(null);
    void bridge.server.disconnect();
  };
  // Read by index under another name, because the linter would take `useThisComputer` for a hook.
  const { server } = bridge;
  const here = server['useThisComputer'];
  const connect = (event: SubmitEvent) => {
    event.preventDefault();
    void go('server', bridge.server.connect({ address }));
  };
  if (managed.values.ServerLocked === true)
    return (
      <main className="entrance">
        <div className="entrance-card wide" data-testid="choose-server">
          <h1>{t('entrance.chooseServer.title')}</h1>
          <ManagedNote />
          <Text>{t('managed.locked')}</Text>
          <ManagedProblems managed={managed} />
        </div>
      </main>
    );
  return (
    <main className="entrance">
      <div className="entrance-card wide" data-testid="choose-server">
        <h1>{t('entrance.chooseServer.title')}</h1>
        <Text c="dimmed">{t('entrance.chooseServer.lead')}</Text>
        <div className="server-choices">
          <section className="server-choice">
            <h2>{t('entrance.chooseServer.here')}</h2>
            <Text size="sm" c="dimmed">
              {t('entrance.chooseServer.hereLead')}
            </Text>
            <Button
              autoFocus
              data-testid="choose-server-here"
              loading={busy === 'here'}
              onClick={() => void go('here', here.call(server))}
            >
              {t('entrance.chooseServer.useHere')}
            </Button>
          </section>
          <form className="server-choice" onSubmit={connect} aria-label={t('entrance.chooseServer.server')}>
            <h2>{t('entrance.chooseServer.server')}</h2>
            <Text size="sm" c="dimmed">
              {t('entrance.chooseServer.serverLead')}
            </Text>
            <TextInput
              data-testid="choose-server-address"
              label={t('entrance.chooseServer.address')}
              placeholder="https://reset.example.com"
              value={address}
              onChange={(event) => setAddress(event.currentTarget.value)}
              spellCheck={false}
              required
              withAsterisk={false}
            />
            <Button
              type="submit"
              data-testid="choose-server-connect"
              variant="default"
              loading={busy === 'server'}
            >
              {t('entrance.chooseServer.connect')}
            </Button>
          </form>
        </div>
        {busy !== null && (
          <Button
            variant="default"
            style={{ alignSelf: 'flex-start' }}
            data-testid="choose-server-cancel"
            onClick={cancel}
          >
            {t('entrance.chooseServer.cancel')}
          </Button>
        )}
        <ManagedProblems managed={managed} />
        <FailureLine failure={failure} />
      </div>
    </main>
  );
}
