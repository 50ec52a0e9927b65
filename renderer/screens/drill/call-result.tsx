import { Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { CallResult, DrillScene } from '../../../shared/api/drill.ts';
import { formatElapsed } from '../../parts/clock/format-time.ts';
import { useTexts } from '../../texts/use-texts.ts';

/** The result of one call: who called, how it ended, what exposed the caller, and the points. */
export function CallResultCard({
  result,
  scene,
}: {
  readonly result: CallResult;
  readonly scene: DrillScene;
}) {
  const t = useTexts();
  const { honest, end, displayName, persona, tells, parts, unfounded, denied } = result;
  const callerKind = honest ? 'honest' : 'attacker';
  const good = end === (honest ? 'reset' : 'refused');
  const Icon = good ? IconCircleCheck : IconAlertTriangle;
  return (
    <section
      className="drill-result"
      data-testid="drill-result"
      data-number={result.number}
      aria-label={t('drill.result.title', { number: result.number, score: result.score })}
    >
      <h2>{t('drill.result.title', { number: result.number, score: result.score })}</h2>
      <div>
        <Text fw={600}>{t(`drill.result.${callerKind}`, { name: displayName })}</Text>
        <Text c="dimmed">{t(`drill.result.persona.${persona}`)}</Text>
      </div>
      <div className="drill-verdict" data-good={good}>
        <Icon size={18} stroke={1.8} aria-hidden style={{ flexShrink: 0 }} />
        <span>{t(`drill.result.end.${callerKind}.${end}`)}</span>
      </div>
      {denied && <div className="note">{t('drill.result.denied')}</div>}
      {unfounded.length > 0 && (
        <div className="note">
          {t('drill.result.unfounded', {
            checks: unfounded.map((kind) => t(`case.checks.${kind}`)).join(', '),
          })}
        </div>
      )}
      <div>
        <h3>{t('drill.result.tells')}</h3>
        <ul>
          {tells.map((tell) => (
            <li key={tell}>{tell}</li>
          ))}
        </ul>
      </div>
      <div>
        <h3>{t('drill.result.parts')}</h3>
        <dl className="drill-points">
          {parts.map(({ part, points, most }) => (
            <div key={part} style={{ display: 'contents' }}>
              <dt>{t(`drill.result.part.${part}`, { context: scene })}</dt>
              <dd>{t('drill.result.points', { points, most })}</dd>
            </div>
          ))}
        </dl>
        <Text size="sm" c="dimmed" mt={6}>
          {t('drill.result.took', { time: formatElapsed(result.took * 1000) })}
        </Text>
      </div>
    </section>
  );
}
