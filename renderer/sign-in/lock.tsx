import { useState, type SubmitEvent } from 'react';
import { Button, PasswordInput, Text } from '@mantine/core';
import type { SessionView } from '../../shared/api/session.ts';
import type { ConsoleState } from '../../shared/bridge/state.ts';
import type { Failure } from '../../shared/errors/result.ts';
import { useConsoleBridge } from '../bridge/console-bridge.ts';
import { useWords } from '../texts/use-words.ts';
import { FailureLine } from '../failure/failure-line.tsx';

/** Nothing of the desk is shown until its operator has proved themselves. */
export function Lock({
  state,
  onDone,
}: {
  readonly state: ConsoleState;
  readonly onDone: (session: SessionView) => void;
}) {
  const words = useWords();
  const bridge = useConsoleBridge();
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    const result = await bridge.session.unlock({ password });
    setBusy(false);
    if (result.ok) onDone(result.value);
    else setFailure(result.failure);
  };
  const name = state.session?.operator.displayName ?? state.lastUserName;
  return (
    <main className="entrance">
      <form className="entrance-card" onSubmit={(event) => void submit(event)}>
        <h1>{words('entrance.lock.title')}</h1>
        <Text c="dimmed">
          {name === null ? '' : `${words('entrance.lock.as', { name })}. `}
          {words('entrance.lock.lead')}
        </Text>
        <PasswordInput
          label={words('entrance.lock.password')}
          autoComplete="current-password"
          autoFocus
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <FailureLine failure={failure} />
        <Button type="submit" loading={busy}>
          {words('entrance.lock.button')}
        </Button>
        <Button variant="subtle" onClick={() => void bridge.session.signOut()}>
          {words('entrance.lock.signOut')}
        </Button>
      </form>
    </main>
  );
}
