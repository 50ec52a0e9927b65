import { Checkbox, Input, NativeSelect } from '@mantine/core';
import { useTexts } from '../../../texts/use-texts.ts';
import { listIn } from './rule-path.ts';
import type { RuleControlProps } from './rule-field.tsx';
import { optionLabel } from './rule-texts.ts';

/** A rule whose value is one of its options. */
export function ChoiceField({ rule: { path, options }, value, fault, set, label, hint }: RuleControlProps) {
  const t = useTexts();
  return (
    <NativeSelect
      label={label}
      description={hint}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      data-rule={path}
      value={String(value)}
      error={fault}
      onChange={({ currentTarget }) => set(path, currentTarget.value)}
      data={options.map((option) => ({ value: option, label: optionLabel(t, path, option) }))}
    />
  );
}

/** A rule whose value is a list of options, kept in the order of the options. */
export function ManyField({ rule: { path, options }, value, fault, set, label, hint }: RuleControlProps) {
  const t = useTexts();
  const chosen = listIn(value);
  return (
    <fieldset className="policy-many">
      <legend>{label}</legend>
      {options.map((option) => (
        <Checkbox
          key={option}
          data-rule={path}
          label={optionLabel(t, path, option)}
          checked={chosen.includes(option)}
          onChange={({ currentTarget }) =>
            set(
              path,
              options.filter((other) => (other === option ? currentTarget.checked : chosen.includes(other))),
            )
          }
        />
      ))}
      {hint !== '' && <Input.Description>{hint}</Input.Description>}
      {fault !== undefined && <Input.Error role="alert">{fault}</Input.Error>}
    </fieldset>
  );
}

/** A rule that is on or off. Turning off an optional one removes it from the document. */
export function SwitchField({ rule: { path, optional }, value, set, label, hint }: RuleControlProps) {
  return (
    <Checkbox
      label={label}
      description={hint}
      data-rule={path}
      checked={value === true}
      onChange={({ currentTarget: { checked } }) => set(path, optional && !checked ? undefined : checked)}
    />
  );
}
