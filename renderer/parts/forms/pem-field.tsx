import { Textarea, type TextareaProps } from '@mantine/core';

/** A field for certificates or keys as PEM text, in a monospaced font and without spelling checks. */
export function PemField(props: TextareaProps) {
  return (
    <Textarea
      spellCheck={false}
      styles={{ input: { fontFamily: 'monospace' } }}
      autosize
      minRows={2}
      maxRows={6}
      {...props}
    />
  );
}
