import { useState, type SubmitEvent } from 'react';
import { Button, Group, Modal, PasswordInput, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Value } from '../../../../shared/bridge/contract.ts';
import type { Failure } from '../../../../shared/errors/result.ts';
import { failureOf, useConsoleBridge, valueOf } from '../../../bridge/console-bridge.ts';
import { FailureLine } from '../../../parts/failure/failure-line.tsx';
import { SettingsSection } from '../../../parts/forms/settings-section.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { OwnSecondFactor } from './own-second-factor.tsx';
import { SessionTable } from '../operators/session-table.tsx';
import '../operators/operators.css';

/** What every operator keeps in order themselves: password, second factor, sessions. */
export function OwnAccountSection() {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [changing, setChanging] = useState(false);
  const [said, setSaid] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const self = useQuery({ queryKey: ['self'], queryFn: () => valueOf(bridge.self.get({})), retry: false });
  const sessions = useQuery({
    queryKey: ['self', 'sessions'],
    queryFn: () => valueOf(bridge.self.sessions({})),
    retry: false,
  });
  const end = async (sessionId: string | undefined) => {
    const result = await bridge.self.endSessions({ body: { ...(sessionId !== undefined && { sessionId }) } });
    setFailure(result.ok ? null : result.failure);
    await sessions.refetch();
  };
  const changed = () => {
    setChanging(false);
    setSaid(t('operators.own.changed'));
    void sessions.refetch();
  };
  return (
    <SettingsSection title={t('operators.own.title')}>
      <FailureLine failure={failure ?? failureOf(self.error) ?? failureOf(sessions.error)} />
      {self.isPending && <Skeleton height={120} aria-label={t('operators.loading')} />}
      {self.data !== undefined && (
        <>
          <h3 className="own-head">{t('operators.own.password')}</h3>
          {self.data.hasPassword ? (
            <Group>
              <Button variant="default" onClick={() => setChanging(true)}>
                {t('operators.own.change')}
              </Button>
              <Text size="sm" role="status">
                {said}
              </Text>
            </Group>
          ) : (
            <Text size="sm">{t('operators.own.byProvider')}</Text>
          )}
          <h3 className="own-head">{t('operators.own.secondFactor')}</h3>
          <OwnSecondFactor self={self.data} onChanged={() => void self.refetch()} />
        </>
      )}
      <h3 className="own-head">{t('operators.own.sessions')}</h3>
      {sessions.data !== undefined && (
        <SessionTable
          sessions={sessions.data.sessions}
          onEnd={(sessionId) => void end(sessionId)}
          all={t('operators.sessions.endOthers')}
        />
      )}
      {changing && self.data !== undefined && (
        <PasswordDialog self={self.data} onDone={changed} onClose={() => setChanging(false)} />
      )}
    </SettingsSection>
  );
}

interface PasswordDialogProps {
  readonly self: Value<'self', 'get'>;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

function PasswordDialog({ self, onDone, onClose }: PasswordDialogProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [typed, setTyped] = useState({ current: '', password: '' });
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    const result = await bridge.self.changePassword({ body: typed });
    setBusy(false);
    if (result.ok) onDone();
    else setFailure(result.failure);
  };
  const field = (name: keyof typeof typed, label: string, autoComplete: string) => (
    <PasswordInput
      label={label}
      autoComplete={autoComplete}
      required
      withAsterisk={false}
      value={typed[name]}
      onChange={(event) => {
        const { value } = event.currentTarget;
        setTyped((before) => ({ ...before, [name]: value }));
      }}
    />
  );
  return (
    <Modal opened onClose={onClose} title={t('operators.own.change')} withCloseButton={false}>
      <form className="operator-form" onSubmit={(event) => void submit(event)}>
        <input type="hidden" autoComplete="username" value={self.userName} readOnly />
        {field('current', t('operators.own.current'), 'current-password')}
        {field('password', t('operators.own.fresh'), 'new-password')}
        <FailureLine failure={failure} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('operators.form.cancel')}
          </Button>
          <Button type="submit" loading={busy}>
            {t('operators.own.change')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
