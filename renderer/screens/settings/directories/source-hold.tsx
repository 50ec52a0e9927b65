import { useState } from 'react';
import { Alert, Button, Group, NumberInput, Text, TextInput } from '@mantine/core';
import type { AccountSource } from '../../../../shared/api/account-sources.ts';
import { useConsoleBridge } from '../../../bridge/console-bridge.ts';
import { formatPastTime } from '../../../parts/clock/format-time.ts';
import { FailureLine } from '../../../parts/failure/failure-line.tsx';
import { useOutcome } from '../../../parts/forms/use-outcome.ts';
import { useProven } from '../../../parts/proof/use-proven.tsx';
import { useTexts } from '../../../texts/use-texts.ts';

interface SourceHoldProps {
  readonly source: AccountSource;
  readonly onChange: () => void;
}

/** Explains that a source has made too many changes, which are refused, and lets the administrator allow them. */
export function SourceHold({ source, onChange }: SourceHoldProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const { run, dialog } = useProven();
  const { message, failure, settle } = useOutcome();
  const [hours, setHours] = useState(4);
  const [reason, setReason] = useState('');
  const { id, heldSince, allowedUntil } = source;
  const allow = async () => {
    const body = { hours, reason };
    const allowed = run(() => bridge.sources.allow({ params: { sourceId: id }, body }));
    if (await settle(allowed, () => t('sources.held.allowed'))) onChange();
  };
  if (heldSince === null)
    return allowedUntil === null ? null : (
      <Text size="sm">{t('sources.held.until', { time: formatPastTime(allowedUntil) })}</Text>
    );
  return (
    <Alert color="yellow" title={t('sources.held.title')} data-testid="source-held">
      <Text size="sm">{t('sources.held.lead', { time: formatPastTime(heldSince) })}</Text>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void allow();
        }}
      >
        <Group align="end" mt={12}>
          <NumberInput
            w={200}
            min={1}
            max={24}
            allowDecimal={false}
            label={t('sources.held.hours')}
            value={hours}
            onChange={(value) => setHours(Number(value))}
          />
          <TextInput
            flex={1}
            required
            withAsterisk={false}
            label={t('sources.held.reason')}
            data-testid="source-allow-reason"
            value={reason}
            maxLength={500}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
          <Button type="submit" data-testid="source-allow">
            {t('sources.held.allow')}
          </Button>
        </Group>
      </form>
      <Text size="sm" role="status">
        {message}
      </Text>
      <FailureLine failure={failure} />
      {dialog}
    </Alert>
  );
}
