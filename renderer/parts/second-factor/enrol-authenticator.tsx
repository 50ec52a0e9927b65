import { lazy, Suspense, useState, type SubmitEvent } from 'react';
import { Button, Code, Group, Text } from '@mantine/core';
import type { Failure } from '../../../shared/errors/result.ts';
import { FailureLine } from '../failure/failure-line.tsx';
import { useWords } from '../../texts/use-texts.ts';
import { CodeInput } from './code-input.tsx';

interface EnrolAuthenticatorProps {
  readonly offer: { readonly secret: string; readonly uri: string };
  /** Sends the first code; answers what went wrong, or null. */
  readonly onCode: (code: string) => Promise<Failure | null>;
  readonly onCancel: () => void;
}

/** Read when somebody sets an authenticator up: the sign-in form is there without it. */
const QrPicture = lazy(async () => ({ default: (await import('./qr-picture.tsx')).QrPicture }));

const grouped = (secret: string): string => secret.replaceAll(/(.{4})(?=.)/g, '$1 ');

/** The picture to scan, the same secret to type, and the first code that shows that it has arrived. */
export function EnrolAuthenticator({ offer, onCode, onCancel }: EnrolAuthenticatorProps) {
  const words = useWords();
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
    <form className="enrol" onSubmit={(event) => void submit(event)}>
      <ol className="enrol-steps">
        <li>{words('secondFactor.enrol.app')}</li>
        <li>{words('secondFactor.enrol.scan')}</li>
      </ol>
      <Suspense fallback={<div className="qr" />}>
        <QrPicture text={offer.uri} label={words('secondFactor.enrol.picture')} />
      </Suspense>
      <Text size="sm">
        {words('secondFactor.enrol.type')} <Code className="typed-secret">{grouped(offer.secret)}</Code>
      </Text>
      <CodeInput label={words('secondFactor.enrol.code')} value={code} onChange={setCode} />
      <FailureLine failure={failure} />
      <Group grow>
        <Button variant="default" onClick={onCancel}>
          {words('secondFactor.cancel')}
        </Button>
        <Button type="submit" loading={busy}>
          {words('secondFactor.enrol.button')}
        </Button>
      </Group>
    </form>
  );
}
