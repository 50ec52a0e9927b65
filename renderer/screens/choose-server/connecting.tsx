import { useEffect, useState } from 'react';
import { Button, Loader, Text } from '@mantine/core';
import type { ConsoleState } from '../../../shared/bridge/state.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { useTexts } from '../../texts/use-texts.ts';

/** Milliseconds without a word from main, which answers within a few hundred if the server does. */
const slowAfterMs = 1500;

/** The console waits for its server at the start: after a moment it says so and offers another server. */
export function Connecting({ onState }: { readonly onState: (state: ConsoleState) => void }) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), slowAfterMs);
    return () => clearTimeout(timer);
  }, []);
  const chooseOther = async () => {
    const answer = await bridge.server.disconnect();
    if (answer.ok) onState(answer.value);
  };
  return (
    <main className="entrance" aria-busy aria-label={t('entrance.loading')}>
      {isLate && (
        <div className="entrance-card" data-testid="connecting">
          <Loader size="sm" aria-hidden />
          <Text role="status">{t('entrance.connecting.text')}</Text>
          <Button variant="default" data-testid="connecting-other-server" onClick={() => void chooseOther()}>
            {t('entrance.unreachable.other')}
          </Button>
        </div>
      )}
    </main>
  );
}
