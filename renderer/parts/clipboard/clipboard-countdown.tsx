import { useEffect, useState } from 'react';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { formatRemaining, useOwnClock } from '../clock/countdown.ts';

/** The state of the clipboard, with a countdown until main clears it. */
export function ClipboardCountdown({ copiedUntil }: { readonly copiedUntil: string | null }) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [end, setEnd] = useState<'cleared' | 'replaced' | null>(null);
  const now = useOwnClock(copiedUntil !== null && end === null);
  useEffect(
    () => bridge.on('clipboard', ({ state }) => setEnd(state === 'holding' ? null : state)),
    [bridge],
  );
  if (copiedUntil === null) return null;
  const left = Date.parse(copiedUntil) - now;
  if (end !== null || left <= 0) return <>{t(`handover.${end ?? 'cleared'}`)}</>;
  return <>{t('handover.clearedIn', { time: formatRemaining(left) })}</>;
}
