import { useState } from 'react';
import { Anchor, PasswordInput, TextInput } from '@mantine/core';
import { useWords } from '../texts/use-words.ts';

/** What an operator proves themselves with: a password, or a code of the authenticator. */
export interface TypedProof {
  readonly kind: 'password' | 'code';
  readonly text: string;
}

export const noProof: TypedProof = { kind: 'password', text: '' };

/** As the bridge takes it. */
export const proofOf = ({ kind, text }: TypedProof) =>
  kind === 'code' ? { code: text } : { password: text };

interface ProofFieldProps {
  readonly value: TypedProof;
  readonly onChange: (value: TypedProof) => void;
  readonly description?: string;
  /** False where something else is to be filled in first; by default the field takes the focus. */
  readonly focused?: boolean;
}

/** One field for either, with a way to the other. */
export function ProofField({ value, onChange, description, focused = true }: ProofFieldProps) {
  const words = useWords();
  // Whoever changes over wants to type at once.
  const [changedOver, setChangedOver] = useState(false);
  const { kind, text } = value;
  const shared = {
    required: true,
    withAsterisk: false,
    autoFocus: focused || changedOver,
    value: text,
    ...(description !== undefined && { description }),
    onChange: (event: { currentTarget: { value: string } }) =>
      onChange({ kind, text: event.currentTarget.value }),
  };
  return (
    <div>
      {kind === 'password' ? (
        <PasswordInput
          key="password"
          {...shared}
          label={words('proof.password')}
          autoComplete="current-password"
        />
      ) : (
        <TextInput
          key="code"
          {...shared}
          label={words('proof.code')}
          autoComplete="one-time-code"
          spellCheck={false}
        />
      )}
      <Anchor
        component="button"
        type="button"
        size="sm"
        mt={4}
        onClick={() => {
          setChangedOver(true);
          onChange({ kind: kind === 'password' ? 'code' : 'password', text: '' });
        }}
      >
        {words(kind === 'password' ? 'proof.useCode' : 'proof.usePassword')}
      </Anchor>
    </div>
  );
}
