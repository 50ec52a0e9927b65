import { useState } from 'react';
import { Button, Group, Text, TextInput } from '@mantine/core';
import { useDraft } from '../../../parts/drafts/drafts.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import type { AnswerFormProps } from './check-answer.ts';

/** The number to call and the outcome of the call. */
export function CallBackForm({ draft, callNumber, working, onAnswer }: AnswerFormProps) {
  const t = useTexts();
  const [note, setNote] = useDraft(`${draft} note`);
  const [submitted, setSubmitted] = useState(false);
  return (
    <div className="check-form">
      <Text fw={600} ff="monospace">
        {t('case.call.number', { number: callNumber ?? '' })}
      </Text>
      <TextInput
        mt={8}
        data-testid="case-call-note"
        label={t('case.call.note')}
        value={note}
        maxLength={1000}
        onChange={(event) => setNote(event.currentTarget.value)}
        error={submitted && note.trim() === '' ? t('case.call.noteNeeded') : null}
        data-autofocus
        autoFocus
      />
      <Group mt={8} gap={8}>
        {(['confirmed', 'not-reached', 'denied'] as const).map((outcome) => (
          <Button
            key={outcome}
            data-testid={`case-call-${outcome}`}
            variant={outcome === 'confirmed' ? 'filled' : 'default'}
            disabled={working}
            onClick={() =>
              note.trim() === ''
                ? setSubmitted(true)
                : onAnswer({ kind: 'call-back', outcome, note: note.trim() })
            }
          >
            {t(`case.call.${outcome}`)}
          </Button>
        ))}
      </Group>
    </div>
  );
}
