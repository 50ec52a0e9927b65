import { useState } from 'react';
import { Button, Checkbox, Group, Kbd, Text, TextInput } from '@mantine/core';
import { highestSeed, type drillSizes, type DrillScene } from '../../../shared/api/drill.ts';
import type { Value } from '../../../shared/bridge/contract.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { pressedKey } from '../../parts/keys/pressed-key.ts';
import { formatPastTime, fullStamp } from '../../parts/clock/format-time.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { useScreenKeys } from '../../parts/keys/screen-keys.ts';
import { useTexts } from '../../texts/use-texts.ts';

type Finished = Value<'drills', 'list'>['finished'];

interface DrillStartProps {
  readonly finished: Finished;
  readonly working: boolean;
  readonly failure: Failure | null;
  readonly onBegin: (size: keyof typeof drillSizes, seed: number | null, scene: DrillScene) => void;
  readonly onLeave: () => void;
}

/** Before a drill: what it is, its options, and the operator's earlier drills. */
export function DrillStart({ finished, working, failure, onBegin, onLeave }: DrillStartProps) {
  const t = useTexts();
  const [seed, setSeed] = useState('');
  const [refused, setRefused] = useState(false);
  const [alert, setAlert] = useState(false);
  const begin = (size: keyof typeof drillSizes) => {
    const number = seed.trim() === '' ? null : Number(seed.replaceAll(/[\s,.]/gu, ''));
    const wrong = number !== null && !(Number.isInteger(number) && number >= 1 && number <= highestSeed);
    setRefused(wrong);
    if (!wrong) onBegin(size, number, alert ? 'raised-alert' : 'calm');
  };
  useScreenKeys((key) => {
    if (key === 'Enter') begin('full');
    else if (key === 'Escape') onLeave();
    else return false;
    return true;
  });
  return (
    <main className="page" data-testid="drill-start">
      <h1>{t('drill.start.title')}</h1>
      <Text>{t('drill.start.lead')}</Text>
      <Text c="dimmed">{t('drill.start.rules')}</Text>
      <TextInput
        data-testid="drill-seed"
        label={t('drill.start.seed')}
        description={t('drill.start.seedHint')}
        inputMode="numeric"
        maxLength={9}
        maw={320}
        value={seed}
        error={refused ? t('drill.start.seedWrong') : null}
        onChange={(event) => setSeed(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (pressedKey(event) === 'Enter') begin('full');
        }}
      />
      <Checkbox
        data-testid="drill-alert"
        label={t('drill.start.alert')}
        description={t('drill.start.alertHint')}
        checked={alert}
        onChange={(event) => setAlert(event.currentTarget.checked)}
      />
      <Group gap={12}>
        <Button
          loading={working}
          data-testid="drill-start-full"
          onClick={() => begin('full')}
          rightSection={<Kbd aria-hidden>Enter</Kbd>}
        >
          {t('drill.start.full')}
        </Button>
        <Button
          variant="default"
          data-testid="drill-start-short"
          disabled={working}
          onClick={() => begin('short')}
        >
          {t('drill.start.short')}
        </Button>
      </Group>
      <FailureLine failure={failure} />
      <History finished={finished} />
    </main>
  );
}

function History({ finished }: { readonly finished: Finished }) {
  const t = useTexts();
  const title = t('drill.start.history');
  return (
    <section aria-label={title} data-testid="drill-history">
      <Text component="h2" fz={14} fw={600} m={0} mb={6}>
        {title}
      </Text>
      {finished.length === 0 ? (
        <Text c="dimmed">{t('drill.start.none')}</Text>
      ) : (
        <>
          <Text size="sm" c="dimmed">
            {t('drill.start.best', { score: Math.max(...finished.map(({ score }) => score)) })}
          </Text>
          <table className="drill-history">
            <thead>
              <tr>
                {(['date', 'callers', 'seed', 'score'] as const).map((column) => (
                  <th key={column} scope="col">
                    {t(`drill.start.columns.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {finished.map(({ id, seed, scene, callers, score, finishedAt }) => (
                <tr key={id}>
                  <td title={fullStamp(finishedAt)}>{formatPastTime(finishedAt)}</td>
                  <td>
                    {callers}
                    {scene === 'raised-alert' && `, ${t('drill.start.underAlert')}`}
                  </td>
                  <td>{seed}</td>
                  <td>{t('drill.result.points', { points: score, most: 100 })}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}
