import { useState } from 'react';
import { Button, Checkbox, Group, Text } from '@mantine/core';
import type { Failure } from '../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { ClipboardCountdown } from '../clipboard/clipboard-countdown.tsx';
import { FailureLine } from '../failure/failure-line.tsx';
import { useTexts } from '../../texts/use-texts.ts';

interface RecoveryCodesProps {
  readonly codes: readonly string[];
  readonly onDone: () => void;
}

/** The ten recovery codes, shown once, to copy, print or save before continuing. */
export function RecoveryCodes({ codes, onDone }: RecoveryCodesProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [kept, setKept] = useState(false);
  const [message, setMessage] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const [copiedUntil, setCopiedUntil] = useState<string | null>(null);
  const copy = async () => {
    setFailure(null);
    const result = await bridge.self.copyRecoveryCodes({ recoveryCodes: [...codes] });
    if (result.ok) {
      setMessage('');
      setCopiedUntil(result.value.clearedAt);
    } else setFailure(result.failure);
  };
  const save = async () => {
    setFailure(null);
    const result = await bridge.self.saveRecoveryCodes({ recoveryCodes: [...codes] });
    if (!result.ok) setFailure(result.failure);
    else if (result.value !== null) setMessage(t('secondFactor.recovery.saved', { name: result.value }));
  };
  return (
    <div className="recovery">
      <Text>{t('secondFactor.recovery.lead')}</Text>
      <ul
        className="recovery-codes"
        data-testid="second-factor-recovery-codes"
        aria-label={t('secondFactor.recovery.title')}
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Group>
        <Button variant="default" onClick={() => void copy()}>
          {t('secondFactor.recovery.copy')}
        </Button>
        <Button variant="default" onClick={() => window.print()}>
          {t('secondFactor.recovery.print')}
        </Button>
        <Button variant="default" onClick={() => void save()}>
          {t('secondFactor.recovery.save')}
        </Button>
      </Group>
      <Text size="sm" component="div" className="message">
        <span role="status">{message}</span>
        {/* Outside the status, so that screen readers do not announce every second. */}
        {message === '' && <ClipboardCountdown key={copiedUntil} copiedUntil={copiedUntil} />}
      </Text>
      <FailureLine failure={failure} />
      <Checkbox
        data-testid="second-factor-saved"
        label={t('secondFactor.recovery.kept')}
        checked={kept}
        onChange={(event) => setKept(event.currentTarget.checked)}
      />
      <Button mt={12} data-testid="second-factor-continue" disabled={!kept} onClick={onDone}>
        {t('secondFactor.recovery.done')}
      </Button>
    </div>
  );
}
