import { useState } from 'react';
import { Button, Group, NumberInput, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { AlertScope, AlertView } from '../../../shared/api/alert.ts';
import type { Failure, Result } from '../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { formatFutureTime } from '../clock/format-time.ts';
import { FailureLine } from '../failure/failure-line.tsx';
import { ProofField } from '../proof/proof-field.tsx';
import { useProof } from '../proof/use-proof.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { useAlert } from './use-alert.ts';

/** Raises, confirms and ends the alert; each needs a recent proof of the approver's identity. */
export function AlertSwitch() {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const client = useQueryClient();
  const { data } = useAlert();
  const [scope, setScope] = useState<AlertScope>('all');
  const [reason, setReason] = useState('');
  const [hours, setHours] = useState<number | string>(8);
  const proof = useProof();
  const [failure, setFailure] = useState<Failure | null>(null);

  const prove = async (work: () => Promise<Result<AlertView>>) => {
    const proved = await proof.prove();
    const result = proved.ok ? await work() : proved;
    setFailure(result.ok ? null : result.failure);
    if (!result.ok) return;
    setReason('');
    await client.invalidateQueries({ queryKey: ['alert'] });
  };
  const raise = () =>
    prove(() =>
      bridge.fourEyes.raise({ body: { scope, reason: reason.trim(), validFor: Number(hours) * 3600 } }),
    );
  const end = () => prove(() => bridge.fourEyes.end({}));
  if (data === undefined) return null;
  const { raised, proposed } = data;
  return (
    <section className="step" data-testid="alert" aria-label={t('queue.alert.title')}>
      <div className="step-head">
        <h2>{t('queue.alert.title')}</h2>
      </div>
      <form
        className="step-body decision"
        onSubmit={(event) => {
          event.preventDefault();
          if (raised !== null) void end();
          else if (proposed === null) void raise();
          else if (proposed.own) void end();
          else void prove(() => bridge.fourEyes.second({ params: { alertId: proposed.id } }));
        }}
      >
        {raised !== null && (
          <>
            <Text size="sm">
              {t(`queue.alert.banner.${raised.scope}`, {
                time: formatFutureTime(raised.until),
                reason: raised.reason,
              })}
            </Text>
            <Text size="sm" c="dimmed">
              {t('queue.alert.by', { by: raised.by.join(', ') })}
            </Text>
          </>
        )}
        {raised === null && proposed !== null && (
          <Text size="sm">
            {proposed.own
              ? t('queue.alert.proposedOwn', { time: formatFutureTime(proposed.until) })
              : t('queue.alert.proposed', { by: proposed.by.join(', '), reason: proposed.reason })}
          </Text>
        )}
        {raised === null && proposed === null && (
          <>
            <Text size="sm" c="dimmed">
              {t('queue.alert.off')}
            </Text>
            <Radio.Group
              label={t('queue.alert.scope')}
              value={scope}
              onChange={(value) => setScope(value as AlertScope)}
            >
              <Stack gap={6} mt={6}>
                {(['all', 'privileged'] as const).map((value) => (
                  <Radio key={value} value={value} label={t(`queue.alert.scopes.${value}`)} />
                ))}
              </Stack>
            </Radio.Group>
            <TextInput
              data-testid="alert-reason"
              label={t('queue.alert.reason')}
              minLength={3}
              maxLength={1000}
              required
              withAsterisk={false}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            <NumberInput
              data-testid="alert-hours"
              label={t('queue.alert.hours')}
              min={1}
              max={72}
              allowDecimal={false}
              value={hours}
              onChange={setHours}
              w={160}
            />
          </>
        )}
        <ProofField focused={false} proof={proof} />
        <FailureLine failure={failure} />
        <Group>
          <Button type="submit" data-testid="alert-submit" variant={raised === null ? 'filled' : 'default'}>
            {t(
              raised !== null
                ? 'queue.alert.end'
                : proposed === null
                  ? 'queue.alert.raise'
                  : proposed.own
                    ? 'queue.alert.withdraw'
                    : 'queue.alert.second',
            )}
          </Button>
        </Group>
      </form>
    </section>
  );
}
