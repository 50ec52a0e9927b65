import { useEffect, useState } from 'react';
import { Button, Loader, Text } from '@mantine/core';
import type { ConsoleState } from '../../../shared/bridge/state.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { useTexts } from '../../texts/use-texts.ts';

/** Milliseconds without an answer from main, which takes a few hundred if the server responds. */
const slowAfterMs = 1500;

/** Shown at the start while the console waits for its server. After a moment, it says so and offers another server. */
export function Connecting({ onState }: { readonly onState: (state: ConsoleState) => void }) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [isLate, setLate] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), slowAfterMs);
    return () => clearTimeout(timer);
  }, []);
  const chooseOther = async () => {
    const answer = await bridge.server.disconnect();
    if (answer.ok) onState(answer.value);
    else setFailure(answer.failure);
  };
  return (
    <main className="entrance" aria-busy aria-label={t('entrance.loading')}>
      {isLate && (
        <div className="entrance-card" data-testid="connecting">
          <Loader size="sm" aria-hidden />
          <Text role="status">{t('entrance.connecting.text')}</Text>
          <FailureLine failure={failure} />
          <Button variant="default" data-testid="connecting-other-server" onClick={() => void chooseOther()}>
            {t('entrance.unreachable.other')}
          </Button>
        </div>
      )}
    </main>
  );
}
