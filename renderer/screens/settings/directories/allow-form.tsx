import { useState, type ReactNode } from 'react';
import { Button, Group, Text, TextInput } from '@mantine/core';
import type { Result } from '../../../../shared/errors/result.ts';
import { FailureLine } from '../../../parts/failure/failure-line.tsx';
import { useOutcome } from '../../../parts/forms/use-outcome.ts';
import { useProven } from '../../../parts/proof/use-proven.tsx';
import { useTexts } from '../../../texts/use-texts.ts';

interface AllowFormProps {
  readonly texts: Readonly<Record<'allow' | 'allowed', string>>;
  /** Names the fields in their `data-testid`: `<name>` for the button and `<name>-reason`. */
  readonly name: string;
  readonly allow: (reason: string) => Promise<Result<unknown>>;
  readonly onChange: () => void;
  /** Other fields, before the reason. */
  readonly children?: ReactNode;
}

/** Allows what waits for a decision, with a reason. */
export function AllowForm({ texts, name, allow, onChange, children }: AllowFormProps) {
  const t = useTexts();
  const { run, dialog } = useProven();
  const { message, failure, settle } = useOutcome();
  const [reason, setReason] = useState('');
  const submit = async () => {
    const allowed = run(() => allow(reason));
    if (await settle(allowed, () => texts.allowed)) onChange();
  };
  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Group align="end" mt={12}>
          {children}
          <TextInput
            flex={1}
            required
            withAsterisk={false}
            label={t('sources.held.reason')}
            data-testid={`${name}-reason`}
            value={reason}
            maxLength={500}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
          <Button type="submit" data-testid={name}>
            {texts.allow}
          </Button>
        </Group>
      </form>
      <Text role="status" size="sm">
        {message}
      </Text>
      <FailureLine failure={failure} />
      {dialog}
    </>
  );
}
