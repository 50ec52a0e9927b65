import { useState } from 'react';
import { Anchor, Button, Group, Text, TextInput } from '@mantine/core';
import { PasswordField } from '../forms/password-field.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { useProofWays, type ProofWay } from './proof-ways.ts';
import type { Proof } from './use-proof.ts';
import './proof.css';

interface ProofFieldProps {
  readonly proof: Proof;
  readonly description?: string;
  /** Whether the field takes the focus; by default it does. False where another field comes first. */
  readonly focused?: boolean;
}

/** The field for the chosen way to confirm the operator's identity, with links to the other ways. */
export function ProofField({ proof, description, focused = true }: ProofFieldProps) {
  const t = useTexts();
  const { ways, provider } = useProofWays();
  // Whether the operator has chosen another way, so that its field takes the focus.
  const [changedOver, setChangedOver] = useState(false);
  const { way, text } = proof;
  const name = provider ?? '';
  const shared = {
    required: true,
    withAsterisk: false,
    autoFocus: focused || changedOver,
    value: text,
    ...(description !== undefined && { description }),
    onChange: (event: { currentTarget: { value: string } }) => proof.type(event.currentTarget.value),
  };
  const insteadTexts = {
    password: 'proof.usePassword',
    code: 'proof.useCode',
    provider: 'proof.useProvider',
  } as const satisfies Record<ProofWay, string>;
  return (
    <div>
      {way === 'password' && (
        <PasswordField
          key="password"
          {...shared}
          data-testid="proof-password"
          label={t('proof.password')}
          autoComplete="current-password"
        />
      )}
      {way === 'code' && (
        <TextInput
          key="code"
          {...shared}
          data-testid="proof-code"
          label={t('proof.code')}
          autoComplete="one-time-code"
          spellCheck={false}
        />
      )}
      {way === 'provider' && (
        <div className="proof-provider" data-testid="proof-provider" role="status">
          <Text size="sm">{t(proof.inBrowser ? 'proof.inBrowser' : 'proof.opensBrowser', { name })}</Text>
          {proof.inBrowser && (
            <Button variant="subtle" size="compact-sm" onClick={proof.giveUp}>
              {t('proof.giveUp')}
            </Button>
          )}
        </div>
      )}
      <Group gap={16} mt={4}>
        {ways
          .filter((other) => other !== way)
          .map((other) => (
            <Anchor
              key={other}
              data-testid={`proof-use-${other}`}
              component="button"
              type="button"
              size="sm"
              onClick={() => {
                setChangedOver(true);
                proof.choose(other);
              }}
            >
              {t(insteadTexts[other], { name })}
            </Anchor>
          ))}
      </Group>
    </div>
  );
}
