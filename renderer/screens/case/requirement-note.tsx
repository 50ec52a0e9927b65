import { Text } from '@mantine/core';
import type { CaseView } from '../../../shared/api/case.ts';
import { fullStamp, isPast } from '../../parts/clock/format-time.ts';
import { useTexts } from '../../texts/use-texts.ts';

const date = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });

/** A required reset of this account with its reason and due date; nothing without one. */
export function RequirementNote({ required }: { readonly required: CaseView['requiredReset'] }) {
  const t = useTexts();
  if (required === null) return null;
  const textKey = required.byDesk
    ? 'requiredResetDesk'
    : required.toldAt === null
      ? 'requiredResetUntold'
      : isPast(required.dueAt)
        ? 'requiredResetLate'
        : 'requiredReset';
  return (
    <div className="note" data-testid="case-requirement" role="note" title={fullStamp(required.dueAt)}>
      <Text fw={600} size="sm">
        {t(`case.who.${textKey}`, { time: date.format(new Date(required.dueAt)) })}
      </Text>
      <Text size="sm">
        <bdi>{required.reason}</bdi>
      </Text>
    </div>
  );
}
