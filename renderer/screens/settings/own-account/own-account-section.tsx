import { useState } from 'react';
import { Button, Group, Modal, Skeleton, Text } from '@mantine/core';
import { PasswordField } from '../../../parts/forms/password-field.tsx';
import { useQuery } from '@tanstack/react-query';
import type { Value } from '../../../../shared/bridge/contract.ts';
import type { Failure } from '../../../../shared/errors/result.ts';
import { failureOf, useConsoleBridge, valueOf } from '../../../bridge/console-bridge.ts';
import { FailureLine } from '../../../parts/failure/failure-line.tsx';
import { useNamedForm } from '../../../parts/forms/use-named-form.ts';
import { SettingsSection } from '../../../parts/forms/settings-section.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { OwnSecondFactor } from './own-second-factor.tsx';
import { SessionTable } from '../operators/session-table.tsx';
import '../operators/operators.css';

/** The operator's own password, second factor and sessions. */
export function OwnAccountSection() {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [changing, setChanging] = useState(false);
  const [message, setMessage] = useState('');
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
    setMessage(t('operators.own.changed'));
    void sessions.refetch();
  };
  return (
    <SettingsSection title={t('operators.own.title')} name="own-account">
      <FailureLine failure={failure} read={failureOf(self.error) ?? failureOf(sessions.error)} />
      {self.isPending && <Skeleton role="progressbar" height={120} aria-label={t('operators.loading')} />}
      {self.data !== undefined && (
        <>
          <h3 className="own-head">{t('operators.own.password')}</h3>
          {self.data.hasPassword ? (
            <Group>
              <Button
                variant="default"
                data-testid="own-account-change-password"
                onClick={() => setChanging(true)}
              >
                {t('operators.own.change')}
              </Button>
              <Text size="sm" role="status">
                {message}
              </Text>
            </Group>
          ) : (
            <Text size="sm">
              {t(self.data.directory ? 'operators.own.byDirectory' : 'operators.own.byProvider')}
            </Text>
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
          endAllLabel={t('operators.sessions.endOthers')}
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
  const [failure, setFailure] = useState<Failure | null>(null);
  const form = useNamedForm({
    name: 'own-account',
    initialValues: { current: '', password: '' },
  });
  const submit = async (values: typeof form.values) => {
    setFailure(null);
    const result = await bridge.self.changePassword({ body: values });
    if (result.ok) onDone();
    else setFailure(result.failure);
  };
  const field = (name: keyof typeof form.values, label: string, autoComplete: string) => (
    <PasswordField
      label={label}
      autoComplete={autoComplete}
      required
      withAsterisk={false}
      {...form.getInputProps(name)}
    />
  );
  return (
    <Modal opened onClose={onClose} title={t('operators.own.change')} withCloseButton={false}>
      <form className="operator-form" onSubmit={form.onSubmit(submit)}>
        <input type="hidden" autoComplete="username" value={self.userName} readOnly />
        {field('current', t('operators.own.current'), 'current-password')}
        {field('password', t('operators.own.fresh'), 'new-password')}
        <FailureLine failure={failure} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('operators.form.cancel')}
          </Button>
          <Button type="submit" loading={form.submitting} data-testid="own-account-submit">
            {t('operators.own.change')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
