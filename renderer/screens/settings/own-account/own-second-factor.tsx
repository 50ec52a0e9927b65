import { useState } from 'react';
import { Button, Group, Modal, Text } from '@mantine/core';
import type { Value } from '../../../../shared/bridge/contract.ts';
import type { Failure } from '../../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../../bridge/console-bridge.ts';
import { formatPastTime } from '../../../parts/clock/format-time.ts';
import { FailureLine } from '../../../parts/failure/failure-line.tsx';
import { useProofWays } from '../../../parts/proof/proof-ways.ts';
import { useProven } from '../../../parts/proof/use-proven.tsx';
import { EnrolAuthenticator } from '../../../parts/second-factor/enrol-authenticator.tsx';
import { RecoveryCodes } from '../../../parts/second-factor/recovery-codes.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import '../../../parts/second-factor/second-factor.css';

interface OwnSecondFactorProps {
  readonly self: Value<'self', 'get'>;
  readonly onChanged: () => void;
}

/** The operator's own authenticator app and recovery codes. */
export function OwnSecondFactor({ self, onChanged }: OwnSecondFactorProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const { run, dialog } = useProven();
  const { onEnrolled } = useProofWays();
  const [offer, setOffer] = useState<Value<'self', 'offerSecondFactor'> | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const begin = async () => {
    const result = await run(() => bridge.self.offerSecondFactor({}));
    setFailure(result.ok ? null : result.failure);
    if (result.ok) setOffer(result.value);
  };
  const confirm = async (code: string): Promise<Failure | null> => {
    const ticket = offer?.ticket ?? '';
    const result = await run(() => bridge.self.confirmSecondFactor({ body: { ticket, code } }));
    if (!result.ok) return result.failure;
    setOffer(null);
    setCodes(result.value.recoveryCodes);
    onEnrolled?.();
    onChanged();
    return null;
  };
  const renew = async () => {
    const result = await run(() => bridge.self.renewRecoveryCodes({}));
    setFailure(result.ok ? null : result.failure);
    if (result.ok) setCodes(result.value.recoveryCodes);
    onChanged();
  };
  const since = self.secondFactorSince;
  return (
    <>
      <Text size="sm" data-testid="own-account-second-factor">
        {since !== null
          ? t('operators.own.since', { time: formatPastTime(since) })
          : self.secondFactorBy === null
            ? t('operators.own.none')
            : t('operators.own.by', { time: formatPastTime(self.secondFactorBy) })}{' '}
        {since !== null && t('operators.own.codesLeft', { count: self.recoveryCodesLeft })}
      </Text>
      <FailureLine failure={failure} />
      <Group>
        <Button variant="default" data-testid="own-account-set-up-factor" onClick={() => void begin()}>
          {t(since === null ? 'operators.own.setUp' : 'operators.own.again')}
        </Button>
        {since !== null && (
          <Button variant="default" data-testid="own-account-new-codes" onClick={() => void renew()}>
            {t('operators.own.newCodes')}
          </Button>
        )}
      </Group>
      {offer !== null && (
        <Modal
          opened
          onClose={() => setOffer(null)}
          title={t('operators.own.dialog')}
          withCloseButton={false}
        >
          <EnrolAuthenticator offer={offer} onCode={confirm} onCancel={() => setOffer(null)} />
        </Modal>
      )}
      {codes !== null && (
        <Modal
          opened
          onClose={() => undefined}
          title={t('secondFactor.recovery.title')}
          withCloseButton={false}
        >
          <RecoveryCodes codes={codes} onDone={() => setCodes(null)} />
        </Modal>
      )}
      {dialog}
    </>
  );
}
