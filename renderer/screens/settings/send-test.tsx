import { useState } from 'react';
import { Button, Group, TextInput } from '@mantine/core';

interface SendTestProps {
  /** The section of the settings that it belongs to. */
  readonly name: string;
  readonly label: string;
  readonly button: string;
  readonly type: 'email' | 'tel';
  readonly onTest: (to: string) => void;
}

/** Only enough to enable the button; the backend validates the address. */
const isPlausible = {
  email: (to: string) => to.includes('@'),
  tel: (to: string) => to.trim().length >= 3,
} as const;

/** The recipient of a test message, and the button that sends it. */
export function SendTest({ name, label, button, type, onTest }: SendTestProps) {
  const [to, setTo] = useState('');
  return (
    <Group mt={12} align="flex-end">
      <TextInput
        label={label}
        // A field of the type would write domains in ASCII, and refuse other letters before the @.
        inputMode={type}
        value={to}
        data-testid={`settings-${name}-test-to`}
        onChange={({ currentTarget }) => setTo(currentTarget.value)}
      />
      <Button
        variant="default"
        disabled={!isPlausible[type](to)}
        data-testid={`settings-${name}-test`}
        onClick={() => onTest(to)}
      >
        {button}
      </Button>
    </Group>
  );
}
