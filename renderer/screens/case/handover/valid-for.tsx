import type { ResetView } from '../../../../shared/api/reset.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { formatRemaining, useClock } from '../../../parts/clock/countdown.ts';

/** The strength of the password, and a countdown of how long the password or link is valid. */
export function ValidFor({ reset }: { readonly reset: ResetView }) {
  const t = useTexts();
  const now = useClock();
  const left = reset.validUntil === null ? 0 : Date.parse(reset.validUntil) - now;
  const strength =
    reset.secretBits === null ? '' : `${t('handover.strength', { bits: reset.secretBits })} · `;
  return strength + t(left > 0 ? 'handover.valid' : 'handover.over', { time: formatRemaining(left) });
}
