import type { ResetView } from '../../../../shared/api/reset.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { formatRemaining, useClock } from '../../../parts/clock/countdown.ts';

/** A countdown of how long the password or link is valid. */
export function ValidFor({ reset }: { readonly reset: ResetView }) {
  const t = useTexts();
  const now = useClock();
  const left = reset.validUntil === null ? 0 : Date.parse(reset.validUntil) - now;
  return t(left > 0 ? 'handover.valid' : 'handover.over', { time: formatRemaining(left) });
}
