import { Text } from '@mantine/core';
import type { AccountSource } from '../../../../shared/api/account-sources.ts';
import { useConsoleBridge } from '../../../bridge/console-bridge.ts';
import { formatPastTime } from '../../../parts/clock/format-time.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { HoldAlert } from './hold-alert.tsx';

interface SourceHoldProps {
  readonly source: AccountSource;
  readonly onChange: () => void;
}

/** Explains that a source has made too many changes, which are refused, and lets the administrator allow them. */
export function SourceHold({ source: { id, heldSince, allowedUntil }, onChange }: SourceHoldProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  if (heldSince === null)
    return allowedUntil === null ? null : (
      <Text size="sm">{t('sources.held.until', { time: formatPastTime(allowedUntil) })}</Text>
    );
  return (
    <HoldAlert
      texts={{
        title: t('sources.held.title'),
        lead: t('sources.held.lead', { time: formatPastTime(heldSince) }),
        allow: t('sources.held.allow'),
        allowed: t('sources.held.allowed'),
      }}
      testId="source"
      allow={(body) => bridge.sources.allow({ params: { sourceId: id }, body })}
      onChange={onChange}
    />
  );
}
