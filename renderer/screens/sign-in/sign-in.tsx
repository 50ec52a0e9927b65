import { useEffectEvent, useLayoutEffect, useRef, useState, type SubmitEvent } from 'react';
import { Button, Checkbox, Text, TextInput } from '@mantine/core';
import { PasswordField } from '../../parts/forms/password-field.tsx';
import type { SessionView } from '../../../shared/api/session.ts';
import type { Value } from '../../../shared/bridge/contract.ts';
import type { ConsoleState } from '../../../shared/bridge/state.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { LinkWaiting } from '../../parts/links/link-waiting.tsx';
import { ManagedNote } from '../../parts/managed/managed-note.tsx';
import { CodeStep, EnrolStep } from './second-step.tsx';

/** Milliseconds by which the clocks of console and server can differ without a notice. */
const clockTolerance = 5 * 60_000;

interface SignInProps {
  readonly state: ConsoleState;
  readonly expired: boolean;
  readonly onDone: (session: SessionView, notRemembered: string | null) => void;
  readonly onState: (state: ConsoleState) => void;
}

/** Sign-in with user name and password, then the second factor. The fields keep their values after a failure. */
export function SignIn({ state, expired, onDone, onState }: SignInProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [userName, setUserName] = useState(state.lastUserName ?? '');
  const [password, setPassword] = useState('');
  const [remember, setRemember] = useState(state.keychain === 'ready');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [step, setStep] = useState<'password' | 'code' | 'enrol'>('password');
  // The identity provider that the browser is open at; null if it is not open.
  const [waiting, setWaiting] = useState<string | null>(null);
  const rememberField = useRef<HTMLInputElement>(null);
  // The rendered screen can be clicked before this code runs.
  useLayoutEffect(() => {
    if (rememberField.current !== null) setRemember(rememberField.current.checked);
  }, []);
  const { server } = state;
  const { ServerLocked = false, SignIn: way = 'any' } = state.managed.values;
  const provider = way === 'password' ? null : state.provider;
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    const result = await bridge.session.signIn({ userName, password, remember });
    setBusy(false);
    if (!result.ok) setFailure(result.failure);
    else if ('step' in result.value) setStep(result.value.step);
    else enter(result.value);
  };
  const withProvider = async (name: string) => {
    setWaiting(name);
    setFailure(null);
    const result = await bridge.session.signInWithProvider({ remember });
    setWaiting(null);
    if (!result.ok) setFailure(result.failure);
    else if ('step' in result.value) setStep(result.value.step);
    else enter(result.value);
  };
  const enter = ({ session, notRemembered }: Value<'session', 'answerCode'>) =>
    onDone(session, notRemembered);
  const back = (why: Failure | null) => {
    void bridge.session.cancelSignIn();
    setStep('password');
    setPassword('');
    setFailure(why);
  };
  const other = async () => {
    const result = await bridge.server.disconnect();
    if (result.ok) onState(result.value);
  };
  if (step === 'code') return <CodeStep onDone={enter} onBack={back} />;
  if (step === 'enrol') return <EnrolStep onDone={enter} onBack={back} />;
  return (
    <main className="entrance">
      <form className="entrance-card" data-testid="sign-in" onSubmit={(event) => void submit(event)}>
        <h1>{t('entrance.signIn.title')}</h1>
        <Text size="sm" c="dimmed">
          {server?.kind === 'this-computer' ? t('entrance.signIn.here') : server?.address}
        </Text>
        <LinkWaiting after="signIn" />
        {expired && (
          <Text role="status" size="sm">
            {t('entrance.signIn.expired')}
          </Text>
        )}
        {Math.abs(state.connection?.clockOffset ?? 0) > clockTolerance && (
          <Text role="status" size="sm">
            {t('entrance.signIn.clock')}
          </Text>
        )}
        {way !== 'provider' && (
          <NameAndPassword
            userName={userName}
            password={password}
            onUserName={setUserName}
            onPassword={setPassword}
          />
        )}
        {way === 'provider' && provider === null && server?.about != null && (
          <Text role="status">{t('managed.noProvider')}</Text>
        )}
        {state.keychain === 'ready' ? (
          <Checkbox
            ref={rememberField}
            data-testid="sign-in-remember"
            label={t('entrance.signIn.remember')}
            checked={remember}
            onChange={(event) => setRemember(event.currentTarget.checked)}
          />
        ) : (
          <Text size="sm" c="dimmed">
            {t('entrance.signIn.sessionOnly')}
          </Text>
        )}
        <FailureLine failure={failure} />
        {way !== 'provider' && (
          <Button type="submit" data-testid="sign-in-submit" loading={busy}>
            {t('entrance.signIn.button')}
          </Button>
        )}
        {provider !== null && (
          <Button
            variant={way === 'provider' ? 'filled' : 'default'}
            data-testid="sign-in-provider"
            disabled={busy}
            onClick={() => void withProvider(provider)}
          >
            {t('entrance.signIn.provider', { name: provider })}
          </Button>
        )}
        {waiting !== null && <BrowserWait provider={waiting} />}
        {ServerLocked ? (
          <ManagedNote />
        ) : (
          <Button variant="subtle" data-testid="sign-in-other-server" onClick={() => void other()}>
            {t('entrance.signIn.other')}
          </Button>
        )}
      </form>
    </main>
  );
}

interface NameAndPasswordProps {
  readonly userName: string;
  readonly password: string;
  readonly onUserName: (userName: string) => void;
  readonly onPassword: (password: string) => void;
}

/** The fields of a sign-in by password; the first empty one has the focus. */
function NameAndPassword({ userName, password, onUserName, onPassword }: NameAndPasswordProps) {
  const t = useTexts();
  const nameField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);
  // The rendered screen takes keys before this code runs.
  const takeOver = useEffectEvent(() => {
    onUserName(nameField.current?.value ?? userName);
    onPassword(passwordField.current?.value ?? password);
  });
  useLayoutEffect(() => takeOver(), []);
  return (
    <>
      <TextInput
        ref={nameField}
        data-testid="sign-in-user-name"
        label={t('entrance.signIn.userName')}
        autoComplete="username"
        spellCheck={false}
        required
        withAsterisk={false}
        autoFocus={userName === ''}
        value={userName}
        onChange={(event) => onUserName(event.currentTarget.value)}
      />
      <PasswordField
        ref={passwordField}
        data-testid="sign-in-password"
        label={t('entrance.signIn.password')}
        autoComplete="current-password"
        required
        withAsterisk={false}
        autoFocus={userName !== ''}
        value={password}
        onChange={(event) => onPassword(event.currentTarget.value)}
      />
    </>
  );
}

/** Says that the sign-in goes on in the browser, and lets the operator stop waiting for it. */
function BrowserWait({ provider }: { readonly provider: string }) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  return (
    <div role="status">
      <Text size="sm">{t('entrance.signIn.inBrowser', { name: provider })}</Text>
      <Button
        variant="subtle"
        size="compact-sm"
        data-testid="sign-in-stop-waiting"
        onClick={() => void bridge.session.cancelSignIn()}
      >
        {t('entrance.signIn.giveUp')}
      </Button>
    </div>
  );
}
