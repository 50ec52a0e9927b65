import { useState } from 'react';
import { Alert, Button, Group, NumberInput, Text, TextInput } from '@mantine/core';
import type { Result } from '../../../../shared/errors/result.ts';
import { FailureLine } from '../../../parts/failure/failure-line.tsx';
import { useOutcome } from '../../../parts/forms/use-outcome.ts';
import { useProven } from '../../../parts/proof/use-proven.tsx';
import { useTexts } from '../../../texts/use-texts.ts';

interface HoldAlertProps {
  /** What waits, and what to do about it. */
  readonly texts: Readonly<Record<'title' | 'lead' | 'allow' | 'allowed', string>>;
  readonly testId: string;
  readonly allow: (body: { readonly hours: number; readonly reason: string }) => Promise<Result<unknown>>;
  readonly onChange: () => void;
}

/** Explains that too many accounts would change, and lets the administrator allow it for some hours. */
export function HoldAlert({ texts, testId, allow, onChange }: HoldAlertProps) {
  const t = useTexts();
  const { run, dialog } = useProven();
  const { message, failure, settle } = useOutcome();
  const [hours, setHours] = useState(4);
  const [reason, setReason] = useState('');
  const submit = async () => {
    if (
      await settle(
        run(() => allow({ hours, reason })),
        () => texts.allowed,
      )
    )
      onChange();
  };
  return (
    <Alert color="yellow" title={texts.title} data-testid={`${testId}-held`}>
      <Text size="sm">{texts.lead}</Text>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
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
            data-testid={`${testId}-allow-reason`}
            value={reason}
            maxLength={500}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
          <Button type="submit" data-testid={`${testId}-allow`}>
            {texts.allow}
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
