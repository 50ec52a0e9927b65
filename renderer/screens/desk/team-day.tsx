import { Text, VisuallyHidden } from '@mantine/core';
import type { DeskView } from '../../../shared/api/desk.ts';
import { useClock } from '../../parts/clock/countdown.ts';
import { useTexts } from '../../texts/use-texts.ts';

/** The hours that are always drawn; earlier and later ones only if they had cases. */
const [dayBegins, dayEnds] = [8, 18];

/** The cases of all operators by hour, and the ways to reach users that do not work. */
export function TeamDay({ desk }: { readonly desk: DeskView }) {
  const t = useTexts();
  const hour = new Date(useClock()).getHours();
  const { teamByHour, troubles } = desk;
  const used = (teamByHour ?? []).flatMap((count, at) => (count > 0 ? [at] : []));
  const first = Math.min(dayBegins, hour, ...used);
  const last = Math.max(dayEnds, hour + 1, ...used.map((at) => at + 1));
  const hours = (teamByHour ?? []).slice(first, last).map((count, index) => ({ count, at: first + index }));
  const most = Math.max(1, ...hours.map(({ count }) => count));
  const total = hours.reduce((sum, { count }) => sum + count, 0);
  if (teamByHour === null && troubles.length === 0) return null;
  return (
    <aside className="desk-card desk-side" aria-label={t('desk.team.title')} data-testid="desk-team">
      {teamByHour !== null && (
        <>
          <h2>
            {t('desk.team.title')}
            <span>{t('desk.team.cases', { count: total })}</span>
          </h2>
          {/* The bars only repeat what the sentence says. */}
          <VisuallyHidden component="p">
            {hours
              .filter(({ count }) => count > 0)
              .map(({ at, count }) => t('desk.team.hour', { hour: at, count }))
              .join(', ')}
          </VisuallyHidden>
          <div className="team-hours" aria-hidden>
            {hours.map(({ at, count }) => (
              <span key={at} data-now={at === hour} title={t('desk.team.hour', { hour: at, count })}>
                <i style={{ height: `${Math.round((count / most) * 72)}px` }} />
                {at % 2 === 0 ? at : ''}
              </span>
            ))}
          </div>
        </>
      )}
      <h2>{t('desk.troubles.title')}</h2>
      {troubles.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('desk.troubles.none')}
        </Text>
      )}
      <ul>
        {troubles.map(({ channel, reason }) => (
          <li key={channel} className="desk-row" data-testid={`desk-trouble-${channel}`}>
            <Text size="sm">{t(`desk.troubles.${channel}.${reason}`)}</Text>
          </li>
        ))}
      </ul>
    </aside>
  );
}
