import { Text } from '@mantine/core';
import type { ResetView } from '../../../../shared/api/reset.ts';
import { useClock } from '../../../parts/clock/countdown.ts';
import { useTexts, type Translate } from '../../../texts/use-texts.ts';

/** Text keys of what the operator reads out, by the channel that delivers the rest. */
const sentences = {
  mail: { spoken: 'sentence', sealed: 'sealedSentence', split: 'splitSentence' },
  text: { spoken: 'sentence', sealed: 'sealedByText', split: 'splitByText' },
} as const;

const sentenceKey = ({ action, deliveryMode, sentBy }: ResetView): string =>
  action === 'reset-link' ? 'linkSentence' : sentences[sentBy === 'text' ? 'text' : 'mail'][deliveryMode];

/** The remaining validity in spoken words, rounded down so that the caller is never promised too much. */
function validity(t: Translate, milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return t('handover.within.over');
  if (minutes < 50) return t('handover.within.minutes', { count: minutes });
  return t('handover.within.hours', { count: Math.max(1, Math.floor((minutes + 10) / 60)) });
}

/** The sentence that the operator reads to the caller, with the remaining validity. */
export function CallerSentence({ reset }: { readonly reset: ResetView }) {
  const t = useTexts();
  const now = useClock();
  const left = reset.validUntil === null ? 0 : Date.parse(reset.validUntil) - now;
  return (
    <div className="note" data-testid="handover-sentence">
      <Text fw={600} size="sm">
        {t('handover.tell')}
      </Text>
      <Text size="sm">{t(`handover.${sentenceKey(reset)}`, { within: validity(t, left) })}</Text>
    </div>
  );
}
