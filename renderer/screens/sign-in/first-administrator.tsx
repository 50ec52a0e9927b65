import { useState, type SubmitEvent } from 'react';
import { Button, Text, TextInput } from '@mantine/core';
import { PasswordField } from '../../parts/forms/password-field.tsx';
import type { SessionView } from '../../../shared/api/session.ts';
import type { ConsoleState } from '../../../shared/bridge/state.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { policyFor } from '../../../shared/password-policy/policy.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { PasswordRules } from '../../parts/password-rules/password-rules.tsx';
import { usePasswordVerdict } from '../../parts/password-rules/use-password-verdict.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';

interface FirstAdministratorProps {
  readonly state: ConsoleState;
  readonly onDone: (session: SessionView) => void;
  readonly onState: (state: ConsoleState) => void;
}

// Before the first administrator exists, the policy is still the default.
const firstPolicy = policyFor({ preset: 'classic' });

/** Creates the first administrator, so that no default password is needed. */
export function FirstAdministrator({ state, onDone, onState }: FirstAdministratorProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [person, setPerson] = useState({ displayName: '', userName: '', password: '', setupCode: '' });
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const onServer = state.server?.kind === 'server';
  const verdict = usePasswordVerdict(person.password, firstPolicy, person);
  const type = (name: keyof typeof person) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget;
    setPerson((before) => ({ ...before, [name]: value }));
  };
  const missing = (name: keyof typeof person) =>
    tried && person[name].trim() === '' ? t('entrance.setUp.missing') : null;

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    setFailure(null);
    const { displayName, userName, password, setupCode } = person;
    const complete =
      displayName.trim() !== '' && userName.trim() !== '' && (!onServer || setupCode.trim() !== '');
    if (!complete || verdict?.ok === false) return;
    setBusy(true);
    const result = await bridge.session.setUp({
      displayName,
      userName,
      password,
      ...(onServer && { setupCode }),
    });
    setBusy(false);
    if (result.ok) return onDone(result.value);
    setFailure(result.failure);
    if (result.failure.code === 'setup.already-done') {
      const again = await bridge.app.start();
      if (again.ok) onState(again.value);
    }
  };
  return (
    <main className="entrance">
      <form
        className="entrance-card"
        data-testid="set-up"
        onSubmit={(event) => void submit(event)}
        noValidate
      >
        <h1>{t('entrance.setUp.title')}</h1>
        <Text c="dimmed">{t('entrance.setUp.lead')}</Text>
        <Text size="sm" c="dimmed" data-testid="set-up-single">
          {t('entrance.setUp.single')}
        </Text>
        <TextInput
          data-testid="set-up-name"
          label={t('entrance.setUp.displayName')}
          autoComplete="name"
          autoFocus
          value={person.displayName}
          onChange={type('displayName')}
          error={missing('displayName')}
        />
        <TextInput
          data-testid="set-up-user-name"
          label={t('entrance.setUp.userName')}
          autoComplete="username"
          spellCheck={false}
          value={person.userName}
          onChange={type('userName')}
          error={missing('userName')}
        />
        <PasswordField
          data-testid="set-up-password"
          label={t('entrance.setUp.password')}
          autoComplete="new-password"
          aria-describedby="password-rules"
          value={person.password}
          onChange={type('password')}
        />
        <PasswordRules
          id="password-rules"
          policy={firstPolicy}
          verdict={verdict}
          empty={person.password === ''}
          tried={tried}
        />
        {onServer && (
          <TextInput
            data-testid="set-up-code"
            label={t('entrance.setUp.code')}
            description={t('entrance.setUp.codeHint')}
            value={person.setupCode}
            onChange={type('setupCode')}
            error={missing('setupCode')}
            spellCheck={false}
          />
        )}
        <FailureLine failure={failure} />
        <Button type="submit" data-testid="set-up-create" loading={busy}>
          {t('entrance.setUp.button')}
        </Button>
      </form>
    </main>
  );
}
