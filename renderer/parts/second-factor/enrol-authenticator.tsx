import { lazy, Suspense, useState, type SubmitEvent } from 'react';
import { Button, Code, Group, Text } from '@mantine/core';
import type { Failure } from '../../../shared/errors/result.ts';
import { FailureLine } from '../failure/failure-line.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { CodeInput } from './code-input.tsx';

interface EnrolAuthenticatorProps {
  readonly offer: { readonly secret: string; readonly uri: string };
  /** Sends the first code; resolves to the failure, or null on success. */
  readonly onCode: (code: string) => Promise<Failure | null>;
  readonly onCancel: () => void;
}

/** Loaded only for setting up an authenticator, so that the sign-in form does not wait for it. */
const QrPicture = lazy(async () => ({ default: (await import('./qr-picture.tsx')).QrPicture }));

const grouped = (secret: string): string => secret.replaceAll(/(.{4})(?=.)/g, '$1 ');

/** Sets up an authenticator: the QR code, the same secret as text, and the first code as confirmation. */
export function EnrolAuthenticator({ offer, onCode, onCancel }: EnrolAuthenticatorProps) {
  const t = useTexts();
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    const wrong = await onCode(code);
    setBusy(false);
    setFailure(wrong);
    if (wrong) setCode('');
  };
  return (
    <form className="enrol" data-testid="second-factor-enrol" onSubmit={(event) => void submit(event)}>
      <ol className="enrol-steps">
        <li>{t('secondFactor.enrol.app')}</li>
        <li>{t('secondFactor.enrol.scan')}</li>
      </ol>
      <Suspense fallback={<div className="qr" />}>
        <QrPicture text={offer.uri} label={t('secondFactor.enrol.picture')} />
      </Suspense>
      <Text size="sm">
        {t('secondFactor.enrol.type')}{' '}
        <Code className="typed-secret" data-testid="second-factor-secret">
          {grouped(offer.secret)}
        </Code>
      </Text>
      <CodeInput label={t('secondFactor.enrol.code')} value={code} onChange={setCode} />
      <FailureLine failure={failure} />
      <Group grow>
        <Button variant="default" onClick={onCancel}>
          {t('secondFactor.cancel')}
        </Button>
        <Button type="submit" data-testid="second-factor-turn-on" loading={busy}>
          {t('secondFactor.enrol.button')}
        </Button>
      </Group>
    </form>
  );
}
