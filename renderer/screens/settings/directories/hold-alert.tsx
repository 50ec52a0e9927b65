import { useState } from 'react';
import { Alert, NumberInput, Text } from '@mantine/core';
import type { Result } from '../../../../shared/errors/result.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { AllowForm } from './allow-form.tsx';

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
  const [hours, setHours] = useState(4);
  return (
    <Alert color="yellow" title={texts.title} data-testid={`${testId}-held`}>
      <Text size="sm">{texts.lead}</Text>
      <AllowForm
        texts={texts}
        name={`${testId}-allow`}
        allow={(reason) => allow({ hours, reason })}
        onChange={onChange}
      >
        <NumberInput
          w={200}
          min={1}
          max={24}
          allowDecimal={false}
          label={t('sources.held.hours')}
          value={hours}
          onChange={(value) => setHours(Number(value))}
        />
      </AllowForm>
    </Alert>
  );
}
