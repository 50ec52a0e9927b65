import { TextInput } from '@mantine/core';

interface CodeInputProps {
  readonly label: string;
  readonly description?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** The field for a verification code or a recovery code. */
export function CodeInput({ label, description, value, onChange }: CodeInputProps) {
  return (
    <TextInput
      label={label}
      {...(description !== undefined && { description })}
      className="code-input"
      data-testid="second-factor-code"
      autoFocus
      autoComplete="one-time-code"
      spellCheck={false}
      required
      withAsterisk={false}
      maxLength={40}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
