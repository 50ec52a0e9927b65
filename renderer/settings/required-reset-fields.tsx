import { useState } from 'react';
import { Group, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import type { PolicyDocument } from '../../shared/api/policy.ts';
import { useWords } from '../texts/use-words.ts';

interface RequiredResetFieldsProps {
  readonly form: PolicyDocument;
  readonly onChange: (form: PolicyDocument) => void;
}

/** Whole days out of what was typed, each once; null for what is none. */
function daysIn(text: string): number[] | null {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '');
  if (parts.length > 10 || parts.some((part) => !/^\d{1,2}$/.test(part) || Number(part) > 90)) return null;
  return [...new Set(parts.map(Number))];
}

/** How users of a required reset are told and reminded, and what becomes of a password that was not replaced in time. */
export function RequiredResetFields({ form, onChange }: RequiredResetFieldsProps) {
  const words = useWords();
  const { requiredReset } = form;
  const [typed, setTyped] = useState({
    remindBefore: requiredReset.remindBefore.join(', '),
    remindAfter: requiredReset.remindAfter.join(', '),
  });
  const change = (part: Partial<PolicyDocument['requiredReset']>) =>
    onChange({ ...form, requiredReset: { ...requiredReset, ...part } });
  return (
    <>
      <Group grow align="flex-start">
        <NumberInput
          label={words('requiredResets.policy.mailsPerMinute')}
          min={1}
          max={6000}
          allowDecimal={false}
          value={requiredReset.mailsPerMinute}
          onChange={(value) => value !== '' && change({ mailsPerMinute: Number(value) })}
        />
        <NativeSelect
          label={words('requiredResets.policy.afterDue')}
          value={requiredReset.afterDue}
          onChange={({ currentTarget }) =>
            change({ afterDue: currentTarget.value === 'block' ? 'block' : 'nothing' })
          }
          data={(['nothing', 'block'] as const).map((value) => ({
            value,
            label: words(`requiredResets.policy.afterDues.${value}`),
          }))}
        />
      </Group>
      <Group grow align="flex-start">
        {(['remindBefore', 'remindAfter'] as const).map((name) => (
          <TextInput
            key={name}
            label={words(`requiredResets.policy.${name}`)}
            value={typed[name]}
            error={daysIn(typed[name]) === null ? words('requiredResets.policy.days') : null}
            onChange={({ currentTarget: { value } }) => {
              setTyped({ ...typed, [name]: value });
              const days = daysIn(value);
              if (days !== null) change({ [name]: days });
            }}
          />
        ))}
      </Group>
    </>
  );
}
