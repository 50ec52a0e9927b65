import { useState } from 'react';
import { Button, Group, PasswordInput, Text } from '@mantine/core';
import type { Failure } from '../../shared/errors/result.ts';
import { useConsoleBridge } from '../bridge/console-bridge.ts';
import { FailureLine } from '../failure/failure-line.tsx';
import { useWords } from '../texts/use-words.ts';
import { useConsole } from './console-context.ts';
import { Gate } from './gate.tsx';

/** The locked console: the operator's password opens it where it was. */
export function Locked() {
  const words = useWords();
  const bridge = useConsoleBridge();
  const { state, enter, reread } = useConsole();
  const [password, setPassword] = useState('');
  const [working, setWorking] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const unlock = async () => {
    if (working || password === '') return;
    setWorking(true);
    setFailure(null);
    const result = await bridge.session.unlock({ password });
    setWorking(false);
    if (result.ok) return enter(result.value);
    setFailure(result.failure);
    if (result.failure.code === 'session.expired' || result.failure.code === 'console.signed-out')
      await reread();
  };
  const signOut = async () => {
    await bridge.session.signOut();
    await reread();
  };
  return (
    <Gate title={words('app.locked.title')}>
      <Text c="dimmed">
        {words('app.locked.text', { name: state.session?.operator.displayName ?? state.lastUserName ?? '' })}
      </Text>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void unlock();
        }}
      >
        <PasswordInput
          autoFocus
          label={words('app.locked.password')}
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Group gap={8}>
          <Button type="submit" aria-disabled={working}>
            {words(working ? 'app.locked.working' : 'app.locked.action')}
          </Button>
          <Button variant="default" onClick={() => void signOut()}>
            {words('app.locked.signOut')}
          </Button>
        </Group>
        <div className="gate-failure">
          <FailureLine
            failure={failure}
            instead={{ 'session.credentials-wrong': words('app.locked.wrong') }}
          />
        </div>
      </form>
    </Gate>
  );
}
