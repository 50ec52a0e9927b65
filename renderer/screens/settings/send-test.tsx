import { useState } from 'react';
import { Button, Group, TextInput } from '@mantine/core';

interface SendTestProps {
  readonly label: string;
  readonly button: string;
  readonly type: 'email' | 'tel';
  readonly onTest: (to: string) => void;
}

/** Whether something could be an address at all; the backend says whether it is one. */
const couldBe = {
  email: (to: string) => to.includes('@'),
  tel: (to: string) => to.trim().length >= 3,
} as const;

/** Where a test goes, and the button that sends it. */
export function SendTest({ label, button, type, onTest }: SendTestProps) {
  const [to, setTo] = useState('');
  return (
    <Group mt={12} align="flex-end">
      <TextInput
        label={label}
        type={type}
        value={to}
        onChange={({ currentTarget }) => setTo(currentTarget.value)}
      />
      <Button variant="default" disabled={!couldBe[type](to)} onClick={() => onTest(to)}>
        {button}
      </Button>
    </Group>
  );
}
