import { useEffect, useRef } from 'react';
import { Button, Kbd, Text } from '@mantine/core';
import { IconPhone } from '@tabler/icons-react';
import type { DrillView } from '../../../shared/api/drill.ts';
import { useScreenKeys } from '../../parts/keys/screen-keys.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { CallResultCard } from './call-result.tsx';

interface BetweenCallsProps {
  readonly drill: DrillView;
  readonly onTake: () => void;
  readonly onAgain: () => void;
}

/** Between two calls: the ringing phone, the result of the last call, or all results at the end. */
export function BetweenCalls({ drill, onTake, onAgain }: BetweenCallsProps) {
  const t = useTexts();
  const main = useRef<HTMLElement>(null);
  const { phase, results, number, callers, score, seed, scene } = drill;
  const last = results.at(-1);
  const finished = phase === 'finished';
  const goOn = finished ? onAgain : onTake;
  useEffect(() => {
    main.current?.focus();
  }, []);
  useScreenKeys((key) => {
    if (key !== 'Enter') return false;
    goOn();
    return true;
  });
  return (
    <main
      className="page"
      data-testid="drill-between-calls"
      ref={main}
      tabIndex={-1}
      style={{ outline: 'none' }}
    >
      {finished ? (
        <>
          <h1>{t('drill.finished.title', { score: score ?? 0 })}</h1>
          <Text c="dimmed">{t('drill.finished.lead', { seed })}</Text>
        </>
      ) : (
        <h1>{phase === 'ringing' ? t('drill.call.ringing') : t('drill.call.over', { number, callers })}</h1>
      )}
      {phase === 'ringing' && <Text c="dimmed">{t('drill.call.number', { number, callers })}</Text>}
      <div>
        <Button
          data-testid="drill-next"
          onClick={goOn}
          leftSection={finished ? null : <IconPhone size={16} stroke={1.8} aria-hidden />}
          rightSection={<Kbd aria-hidden>Enter</Kbd>}
        >
          {t(finished ? 'drill.finished.again' : phase === 'ringing' ? 'drill.call.take' : 'drill.call.next')}
        </Button>
      </div>
      {finished
        ? results.map((result) => <CallResultCard key={result.number} result={result} scene={scene} />)
        : last !== undefined && <CallResultCard result={last} scene={scene} />}
    </main>
  );
}
