import { useId, useState } from 'react';
import { Textarea, TextInput } from '@mantine/core';
import { listIn } from './rule-path.ts';
import type { RuleControlProps } from './rule-field.tsx';

/** Not every JavaScript engine lists UTC. */
const zones = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])];

/** A line of text, with suggestions for a time zone. */
export function TextField({ rule: { path }, value, fault, set, label, hint }: RuleControlProps) {
  const offersZones = path.endsWith('.timeZone');
  const list = useId();
  return (
    <>
      <TextInput
        label={label}
        description={hint}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data-rule={path}
        value={String(value)}
        error={fault}
        {...(offersZones && { list })}
        onChange={({ currentTarget }) => set(path, currentTarget.value)}
      />
      {offersZones && (
        <datalist id={list}>
          {zones.map((zone) => (
            <option key={zone}>{zone}</option>
          ))}
        </datalist>
      )}
    </>
  );
}

/** A list of distinct numbers, separated by commas. */
export function AmountsField({ rule: { path }, value, fault, set, label, hint }: RuleControlProps) {
  const [typed, setTyped] = useState(() => listIn(value).join(', '));
  return (
    <TextInput
      label={label}
      description={hint}
      data-rule={path}
      value={typed}
      error={fault}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        const parts = currentTarget.value.split(/[\s,;]+/).filter((part) => part !== '');
        // `Number` would accept 1e1 and 0x1, too.
        const numbers = parts.map((part) => (/^\d+$/.test(part) ? Number(part) : Number.NaN));
        set(path, [...new Set(numbers)]);
      }}
    />
  );
}

/** A list of texts, one per line. */
export function TextsField({ rule: { path, optional }, value, fault, set, label, hint }: RuleControlProps) {
  const [typed, setTyped] = useState(() => listIn(value).join('\n'));
  return (
    <Textarea
      label={label}
      description={hint}
      autosize
      minRows={2}
      maxRows={8}
      data-rule={path}
      value={typed}
      error={fault}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        const texts = currentTarget.value
          .split('\n')
          .map((text) => text.trim())
          .filter((text) => text !== '');
        set(path, optional && texts.length === 0 ? undefined : texts);
      }}
    />
  );
}
