import { Text } from '@mantine/core';
import type { CaseView } from '../../../../shared/api/case.ts';
import type { ResetView } from '../../../../shared/api/reset.ts';
import { useClock } from '../../../parts/clock/countdown.ts';
import { useTexts, type Translate } from '../../../texts/use-texts.ts';

type CallerFacts = CaseView['callerFacts'];

/** The remaining validity in spoken words, rounded down so that the caller is never promised too much. */
function validity(t: Translate, milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return t('handover.within.over');
  if (minutes < 50) return t('handover.within.minutes', { count: minutes });
  return t('handover.within.hours', { count: Math.max(1, Math.floor((minutes + 10) / 60)) });
}

/** The delivery state of the message with the link or the sealed password. On a single computer, a message in the outbox counts as sent. */
function messageState({ delivery }: ResetView): 'sent' | 'on-its-way' | 'not-sent' {
  if (delivery === 'accepted' || delivery === 'kept-in-outbox') return 'sent';
  return delivery === 'queued' || delivery === 'sending' ? 'on-its-way' : 'not-sent';
}

/** The sentences that are true now, in their order. None of them mentions a mail that was not sent. */
function sentencesOf(reset: ResetView, facts: CallerFacts, within: string, t: Translate): readonly string[] {
  const { action, deliveryMode, sentBy } = reset;
  const isSent = action === 'reset-link' || deliveryMode !== 'spoken';
  const message = messageState(reset);
  const kind = action === 'reset-link' ? 'link' : deliveryMode;
  const channel = sentBy === 'text' ? 'text' : 'mail';
  const address = facts?.signInAt ?? null;
  const signIn =
    action === 'reset-link'
      ? t('handover.say.open', { within })
      : address === null
        ? t('handover.say.signIn', { within })
        : t('handover.say.signInAt', { within, address });
  return [
    isSent ? t(`handover.say.${kind}.${channel}.${message}`) : '',
    isSent && message === 'not-sent' ? '' : signIn,
    kind === 'spoken'
      ? t(reset.secretStyle === 'access-pass' ? 'handover.say.passNext' : 'handover.say.next')
      : '',
    kind === 'sealed' && message !== 'not-sent' ? t('handover.say.neverAsked') : '',
    kind === 'spoken' && facts?.told === 'sent' ? t('handover.say.told') : '',
    kind === 'spoken' && facts?.told === 'on-its-way' ? t('handover.say.willBeTold') : '',
  ].filter((sentence) => sentence !== '');
}

/** The sentence that the operator reads to the caller, built from what is known to be true, with the remaining validity. */
export function CallerSentence({ reset, facts }: { readonly reset: ResetView; readonly facts: CallerFacts }) {
  const t = useTexts();
  const now = useClock();
  // The email with a link tells the owner by itself.
  const told = reset.action === 'reset-link' ? null : facts?.told;
  const left = reset.validUntil === null ? 0 : Date.parse(reset.validUntil) - now;
  return (
    <div className="note" data-testid="handover-sentence">
      <Text fw={600} size="sm">
        {t('handover.tell')}
      </Text>
      <Text size="sm">“{sentencesOf(reset, facts, validity(t, left), t).join(' ')}”</Text>
      {told === 'no-address' && (
        <Text size="sm" c="dimmed" data-testid="handover-not-told">
          {t('handover.noAddress')}
        </Text>
      )}
      {told === 'not-sent' && (
        <Text size="sm" c="dimmed" data-testid="handover-not-told">
          {t('handover.notTold')}
        </Text>
      )}
    </div>
  );
}
