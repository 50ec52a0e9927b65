import { Text } from '@mantine/core';
import type { DirectoryView } from '../../../../shared/api/directories.ts';
import { useConsoleBridge } from '../../../bridge/console-bridge.ts';
import { formatPastTime } from '../../../parts/clock/format-time.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { HoldAlert } from './hold-alert.tsx';

interface DirectoryHoldProps {
  readonly directory: DirectoryView;
  readonly onChange: () => void;
}

/** Explains that many accounts are missing in a directory and stay open, and lets the administrator allow their closing. */
export function DirectoryHold({ directory: { id, held, allowedUntil }, onChange }: DirectoryHoldProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  if (held === null)
    return allowedUntil === null ? null : (
      <Text size="sm">{t('directories.held.until', { time: formatPastTime(allowedUntil) })}</Text>
    );
  return (
    <HoldAlert
      texts={{
        title: t('directories.held.title'),
        lead: t('directories.held.lead', { time: formatPastTime(held.since), accounts: held.accounts }),
        allow: t('directories.held.allow'),
        allowed: t('directories.held.allowed'),
      }}
      testId="directory"
      allow={(body) => bridge.directories.allow({ params: { directoryId: id }, body })}
      onChange={onChange}
    />
  );
}
