import { useState, type SubmitEvent } from 'react';
import { Button, Text } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import type { SessionView } from '../../../shared/api/session.ts';
import type { ConsoleState } from '../../../shared/bridge/state.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { LinkWaiting } from '../../parts/links/link-waiting.tsx';
import { ProofField } from '../../parts/proof/proof-field.tsx';
import { useProof } from '../../parts/proof/use-proof.ts';

/** The lock screen: it shows nothing of the desk until the operator confirms their identity. */
export function Lock({
  state,
  waiting,
  onDone,
}: {
  readonly state: ConsoleState;
  /** The number of requests that wait for this operator; their details are shown only after unlocking. */
  readonly waiting: number;
  readonly onDone: (session: SessionView) => void;
}) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const proof = useProof();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    const result = await proof.prove();
    setBusy(false);
    if (result.ok) onDone(result.value);
    else setFailure(result.failure);
  };
  const name = state.session?.operator.displayName ?? state.lastUserName;
  return (
    <main className="entrance">
      <form className="entrance-card" data-testid="lock" onSubmit={(event) => void submit(event)}>
        <h1>{t('entrance.lock.title')}</h1>
        <Text c="dimmed">
          {name === null ? '' : `${t('entrance.lock.as', { name })}. `}
          {t('entrance.lock.lead')}
        </Text>
        <Text className="lock-waiting" data-testid="lock-waiting" role="status">
          {waiting > 0 && (
            <>
              <IconChecklist size={18} stroke={1.7} aria-hidden />
              {t('entrance.lock.waiting', { count: waiting })}
            </>
          )}
        </Text>
        <LinkWaiting after="unlock" />
        <ProofField proof={proof} />
        <FailureLine failure={failure} />
        <Button type="submit" data-testid="lock-unlock" loading={busy}>
          {t('entrance.lock.button')}
        </Button>
        <Button variant="subtle" data-testid="lock-sign-out" onClick={() => void bridge.session.signOut()}>
          {t('entrance.lock.signOut')}
        </Button>
      </form>
    </main>
  );
}
