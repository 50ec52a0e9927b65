import { useState } from 'react';
import { Button, Checkbox, PasswordInput, Text, TextInput } from '@mantine/core';
import type { Failure } from '../../shared/errors/result.ts';
import { useConsoleBridge } from '../bridge/console-bridge.ts';
import { FailureLine } from '../failure/failure-line.tsx';
import { useWords } from '../texts/use-words.ts';
import { useConsole } from './console-context.ts';
import { Gate } from './gate.tsx';

/** Signs an operator in; what was typed stays whatever the answer. */
export function SignIn() {
  const words = useWords();
  const bridge = useConsoleBridge();
  const { state, enter, replace, reread } = useConsole();
  const [userName, setUserName] = useState(state.lastUserName ?? '');
  const [password, setPassword] = useState('');
  const [remember, setRemember] = useState(false);
  const [working, setWorking] = useState(false);
  const [missing, setMissing] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(state.failure);
  const keychain = state.keychain;
  const signIn = async () => {
    const empty = userName.trim() === '' || password === '';
    setMissing(empty);
    if (working || empty) return;
    setWorking(true);
    setFailure(null);
    const result = await bridge.session.signIn({
      userName,
      password,
      remember: remember && keychain === 'ready',
    });
    setWorking(false);
    if (!result.ok) {
      setFailure(result.failure);
      if (result.failure.code === 'setup.required') await reread();
      return;
    }
    const { notRemembered } = result.value;
    enter(
      result.value.session,
      notRemembered === null ? null : words(`failures.codes.${notRemembered.replace('.', '_')}`),
    );
  };
  const other = async () => {
    const result = await bridge.server.disconnect();
    if (result.ok) replace(result.value);
    else setFailure(result.failure);
  };
  return (
    <Gate title={words('app.signIn.title')}>
      <Text c="dimmed">
        {state.server?.kind === 'server' ? state.server.address : words('app.signIn.here')}
      </Text>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void signIn();
        }}
      >
        <TextInput
          autoFocus={userName === ''}
          label={words('app.signIn.userName')}
          autoComplete="username"
          spellCheck={false}
          maxLength={200}
          value={userName}
          onChange={(event) => setUserName(event.currentTarget.value)}
        />
        <PasswordInput
          autoFocus={userName !== ''}
          label={words('app.signIn.password')}
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {keychain === 'ready' ? (
          <Checkbox
            label={words('app.signIn.remember')}
            checked={remember}
            onChange={(event) => setRemember(event.currentTarget.checked)}
          />
        ) : (
          <Text size="sm" c="dimmed">
            {words(`app.signIn.sessionOnly.${keychain}`)}
          </Text>
        )}
        <Button type="submit" aria-disabled={working}>
          {words(working ? 'app.signIn.working' : 'app.signIn.action')}
        </Button>
        <div className="gate-failure">
          {missing ? (
            <Text role="alert" size="sm" className="refused-text">
              {words('app.signIn.missing')}
            </Text>
          ) : (
            <FailureLine failure={failure} />
          )}
        </div>
        <Button variant="subtle" color="gray" onClick={() => void other()}>
          {words('app.signIn.other')}
        </Button>
      </form>
    </Gate>
  );
}
