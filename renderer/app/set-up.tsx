import { useState } from 'react';
import { Button, PasswordInput, Text, TextInput } from '@mantine/core';
import { limits } from '../../shared/api/limits.ts';
import type { Failure } from '../../shared/errors/result.ts';
import { useConsoleBridge } from '../bridge/console-bridge.ts';
import { FailureLine } from '../failure/failure-line.tsx';
import { useWords } from '../texts/use-words.ts';
import { useConsole } from './console-context.ts';
import { Gate } from './gate.tsx';
import { keepsAllRules, PasswordRules } from './password-rules.tsx';

/** Creates the first administrator; nobody else can before. */
export function SetUp() {
  const words = useWords();
  const bridge = useConsoleBridge();
  const { state, enter, reread } = useConsole();
  const [form, setForm] = useState({ displayName: '', userName: '', password: '', setupCode: '' });
  const [incomplete, setIncomplete] = useState(false);
  const [working, setWorking] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const needsCode = state.server?.kind === 'server';
  const change = (part: Partial<typeof form>) => setForm((now) => ({ ...now, ...part }));
  const { displayName, userName, password, setupCode } = form;
  const complete =
    displayName.trim() !== '' &&
    userName.trim() !== '' &&
    keepsAllRules(password, form) &&
    (!needsCode || setupCode.trim() !== '');
  const create = async () => {
    setIncomplete(!complete);
    if (working || !complete) return;
    setWorking(true);
    setFailure(null);
    const result = await bridge.session.setUp({
      displayName,
      userName,
      password,
      ...(needsCode ? { setupCode: setupCode.trim() } : {}),
    });
    setWorking(false);
    if (result.ok) return enter(result.value);
    setFailure(result.failure);
    if (result.failure.code === 'setup.already-done') await reread();
  };
  return (
    <Gate title={words('app.setUp.title')}>
      <Text c="dimmed">{words('app.setUp.text')}</Text>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <TextInput
          autoFocus
          label={words('app.setUp.displayName')}
          autoComplete="off"
          maxLength={limits.displayName}
          value={displayName}
          onChange={(event) => change({ displayName: event.currentTarget.value })}
        />
        <TextInput
          label={words('app.setUp.userName')}
          autoComplete="off"
          spellCheck={false}
          maxLength={limits.userName}
          value={userName}
          onChange={(event) => change({ userName: event.currentTarget.value })}
        />
        <PasswordInput
          label={words('app.setUp.password')}
          autoComplete="new-password"
          value={password}
          onChange={(event) => change({ password: event.currentTarget.value })}
        />
        <PasswordRules password={password} owner={{ userName, displayName }} />
        {needsCode && (
          <TextInput
            label={words('app.setUp.code')}
            description={words('app.setUp.codeHint')}
            autoComplete="off"
            spellCheck={false}
            maxLength={200}
            value={setupCode}
            onChange={(event) => change({ setupCode: event.currentTarget.value })}
          />
        )}
        <Button type="submit" aria-disabled={working}>
          {words(working ? 'app.setUp.creating' : 'app.setUp.create')}
        </Button>
        <div className="gate-failure">
          {incomplete && !complete ? (
            <Text role="alert" size="sm" className="refused-text">
              {words('app.setUp.missing')}
            </Text>
          ) : (
            <FailureLine failure={failure} />
          )}
        </div>
      </form>
    </Gate>
  );
}
