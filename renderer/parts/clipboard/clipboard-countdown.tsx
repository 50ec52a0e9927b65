import { useEffect, useState } from 'react';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { useAnnouncement } from '../announcer/announcer.tsx';
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
  const left = copiedUntil === null ? 0 : Date.parse(copiedUntil) - now;
  const isCleared = end !== null || left <= 0;
  useAnnouncement(
    copiedUntil === null ? null : t(isCleared ? `handover.${end ?? 'cleared'}` : 'handover.copied'),
  );
  if (copiedUntil === null) return null;
  if (isCleared) return <>{t(`handover.${end ?? 'cleared'}`)}</>;
  return <>{t('handover.clearedIn', { time: formatRemaining(left) })}</>;
}
