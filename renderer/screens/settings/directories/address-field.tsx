import { TextInput } from '@mantine/core';

/** An address to be copied into another program. Its text is selected on focus. */
export function AddressField({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <TextInput
      readOnly
      label={label}
      value={value}
      dir="ltr"
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      onFocus={({ currentTarget }) => currentTarget.select()}
    />
  );
}
