import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { Button, Group, Modal, Text } from '@mantine/core';
import type { CaseView } from '../../../shared/api/case.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { formatRemaining, useClock } from '../../parts/clock/countdown.ts';
import { useTexts } from '../../texts/use-texts.ts';

interface Phrase {
  readonly words: readonly string[];
  readonly sentTo: string | null;
  readonly expiresAt: string;
}

/** Proves the operator to the caller: sends three words to the owner and shows them to the operator. */
export function PhraseDialog({ view, onClose }: { readonly view: CaseView; readonly onClose: () => void }) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [shown, setShown] = useState<Phrase | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const isSent = useRef(false);
  const now = useClock(shown !== null);
  const send = async () => {
    const result = await bridge.cases.sendPhrase({ params: { caseId: view.id } });
    setFailure(result.ok ? null : result.failure);
    if (result.ok) setShown(result.value);
  };
  const onOpen = useEffectEvent(() => {
    if (isSent.current) return;
    isSent.current = true;
    void send();
  });
  useEffect(() => onOpen(), []);
  const sentTo = shown === null ? view.account.emailMasked : shown.sentTo;
  const left = shown === null ? 0 : Date.parse(shown.expiresAt) - now;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('case.phrase.title')}
      centered
      withCloseButton={false}
      transitionProps={{ duration: 0 }}
    >
      <Text size="sm">{sentTo === null ? t('case.phrase.onPage') : t('case.phrase.lead', { sentTo })}</Text>
      <div className="phrase" data-testid="phrase-words" role="status" aria-label={t('case.phrase.title')}>
        {shown !== null && left > 0 ? shown.words.map((word) => <span key={word}>{word}</span>) : ' '}
      </div>
      <Text size="sm" c="dimmed" mih={20}>
        {shown !== null &&
          (left > 0 ? t('case.phrase.valid', { time: formatRemaining(left) }) : t('case.phrase.over'))}
      </Text>
      <FailureLine failure={failure} />
      <Group mt={16} justify="flex-end">
        {shown !== null && left <= 0 && (
          <Button variant="default" onClick={() => void send()}>
            {t('case.phrase.again')}
          </Button>
        )}
        <Button data-testid="phrase-close" onClick={onClose} data-autofocus>
          {t('case.phrase.close')}
        </Button>
      </Group>
    </Modal>
  );
}
