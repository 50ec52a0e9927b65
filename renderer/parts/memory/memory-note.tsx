import { Button, Text } from '@mantine/core';
import type { CaseView } from '../../../shared/api/case.ts';
import { useClock } from '../clock/countdown.ts';
import { formatPastTime } from '../clock/format-time.ts';
import { useTexts, type Translate } from '../../texts/use-texts.ts';

const changeTexts = {
  contact: 'case.who.contactChanged',
  'second-factor': 'case.who.factorChanged',
  details: 'case.who.detailsChanged',
} as const;

/** How long ago something happened, in minutes, hours or days as fits. `passed` in milliseconds. */
function formatAgo(passed: number, t: Translate): string {
  const minutes = Math.floor(passed / 60_000);
  if (minutes < 1) return t('case.who.ago.now');
  if (minutes < 60) return t('case.who.ago.minutes', { count: minutes });
  if (minutes < 48 * 60) return t('case.who.ago.hours', { count: Math.floor(minutes / 60) });
  return t('case.who.ago.days', { count: Math.floor(minutes / 1440) });
}

/** Warnings from the account's recent history, across all operators, shown below the account's data. */
export function MemoryNote({
  view: { memory, alertRaised },
  onOpenCase,
}: {
  readonly view: CaseView;
  /** Opens another case about the same account; absent where the operator cannot. */
  readonly onOpenCase?: ((caseId: string) => void) | undefined;
}) {
  const t = useTexts();
  const { failed24h, earlier, changedRecently, flag, linked, lifted, openElsewhere, resets7d, lastReset } =
    memory;
  const now = useClock(false);
  const lines: { key: string; text: string }[] = [];
  if (lastReset !== null) {
    const time = formatAgo(now - Date.parse(lastReset.at), t);
    const by = lastReset.by ?? t('case.who.resetBy.user');
    lines.push({
      key: 'last reset',
      text: t(`case.who.lastReset.${lastReset.own ? 'own' : 'other'}`, { time, by }),
    });
  }
  const say = (key: string, text: string) => lines.push({ key, text });
  if (alertRaised) say('alert', t('case.who.raised'));
  if (flag !== null) {
    const time = formatPastTime(flag.at);
    say(
      'flag',
      flag.by === null ? t('case.who.reported', { time }) : t('case.who.flagged', { time, by: flag.by }),
    );
  }
  if (linked !== null)
    say('linked', t(`case.who.linked.${linked.what}`, { time: formatPastTime(linked.at) }));
  if (lifted !== null)
    say('lifted', t(`case.who.lifted.${lifted.what}`, { time: formatPastTime(lifted.at) }));
  for (const { at, kind, ownCase } of failed24h) {
    say(
      `failed ${at} ${kind}`,
      t('case.who.failedLine', {
        time: formatPastTime(at),
        check: t(`case.checkEvents.${kind}`),
        where: t(ownCase ? 'case.who.failedHere' : 'case.who.failedElsewhere'),
      }),
    );
  }
  if (memory.approverOnly) say('approver', t('case.who.approverOnly'));
  for (const { at, what, own } of earlier) {
    const where = t(own ? 'case.who.earlier.own' : 'case.who.earlier.other');
    say(`${what} ${at}`, t(`case.who.earlier.${what}`, { time: formatPastTime(at), where }));
  }
  for (const { what, at } of changedRecently) {
    say(what, t(changeTexts[what], { time: formatPastTime(at) }));
  }
  if (resets7d > 1) say('resets', t('case.who.resets', { count: resets7d }));
  if (lines.length === 0 && openElsewhere.length === 0) return null;
  return (
    <div className="note" role="note" aria-label={t('case.who.memory')}>
      {failed24h.length > 0 && (
        <Text fw={600} size="sm">
          {t('case.who.failed', { count: failed24h.length })}
        </Text>
      )}
      {lines.map(({ key, text }) => (
        <Text key={key} size="sm" {...(key === 'last reset' && { fw: 600 })}>
          {text}
        </Text>
      ))}
      {openElsewhere.map(({ caseId, number, operator, since }) => (
        <div key={number}>
          <Text size="sm">
            {t('case.who.openElsewhere', { number, operator, time: formatPastTime(since) })}
          </Text>
          {onOpenCase && (
            <Button variant="subtle" color="gray" size="compact-sm" onClick={() => onOpenCase(caseId)}>
              {t('case.who.look', { number })}
            </Button>
          )}
        </div>
      ))}
    </div>
  );
}
