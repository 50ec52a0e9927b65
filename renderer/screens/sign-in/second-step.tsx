import { useEffect, useState, type SubmitEvent } from 'react';
import { Button, Skeleton, Text } from '@mantine/core';
import type { Value } from '../../../shared/bridge/contract.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { CodeInput } from '../../parts/second-factor/code-input.tsx';
import { EnrolAuthenticator } from '../../parts/second-factor/enrol-authenticator.tsx';
import { RecoveryCodes } from '../../parts/second-factor/recovery-codes.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import '../../parts/second-factor/second-factor.css';

type SignedIn = Value<'session', 'answerCode'>;

interface StepProps {
  readonly onDone: (signedIn: SignedIn) => void;
  /** Returns to the password, with the failure if there is one. */
  readonly onBack: (failure: Failure | null) => void;
}

/** The second step of a sign-in: a verification code or recovery code. */
export function CodeStep({ onDone, onBack }: StepProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    const result = await bridge.session.answerCode({ code });
    setBusy(false);
    if (result.ok) return onDone(result.value);
    setCode('');
    if (result.failure.code === 'session.ticket-gone') onBack(result.failure);
    else setFailure(result.failure);
  };
  return (
    <main className="entrance">
      <form
        className="entrance-card"
        data-testid="sign-in-code-step"
        onSubmit={(event) => void submit(event)}
      >
        <h1>{t('secondFactor.code.title')}</h1>
        <Text c="dimmed">{t('secondFactor.code.lead')}</Text>
        <CodeInput label={t('secondFactor.code.label')} value={code} onChange={setCode} />
        <FailureLine failure={failure} />
        <Button type="submit" data-testid="sign-in-code-submit" loading={busy}>
          {t('secondFactor.code.button')}
        </Button>
        <Button variant="subtle" onClick={() => onBack(null)}>
          {t('secondFactor.code.back')}
        </Button>
      </form>
    </main>
  );
}

/** The second step of a first sign-in: the operator sets up an authenticator and saves the recovery codes. */
export function EnrolStep({ onDone, onBack }: StepProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [offer, setOffer] = useState<Value<'session', 'offerEnrolment'> | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [signedIn, setSignedIn] = useState<Value<'session', 'confirmEnrolment'> | null>(null);
  useEffect(() => {
    let isMounted = true;
    void bridge.session.offerEnrolment().then((result) => {
      if (!isMounted) return;
      if (result.ok) setOffer(result.value);
      else setFailure(result.failure);
    });
    return () => {
      isMounted = false;
    };
  }, [bridge]);
  const confirm = async (code: string) => {
    const result = await bridge.session.confirmEnrolment({ code });
    if (!result.ok) return result.failure;
    setSignedIn(result.value);
    return null;
  };
  return (
    <main className="entrance">
      <div className="entrance-card">
        <h1>{t(signedIn ? 'secondFactor.recovery.title' : 'secondFactor.enrol.title')}</h1>
        {signedIn !== null ? (
          <RecoveryCodes codes={signedIn.recoveryCodes} onDone={() => onDone(signedIn)} />
        ) : (
          <>
            <Text c="dimmed">{t('secondFactor.enrol.lead')}</Text>
            <FailureLine failure={failure} />
            {offer === null && failure === null && <Skeleton height={184} />}
            {offer !== null && (
              <EnrolAuthenticator offer={offer} onCode={confirm} onCancel={() => onBack(null)} />
            )}
            {offer === null && (
              <Button variant="subtle" onClick={() => onBack(null)}>
                {t('secondFactor.code.back')}
              </Button>
            )}
          </>
        )}
      </div>
    </main>
  );
}
