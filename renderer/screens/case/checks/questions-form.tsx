import { useState } from 'react';
import { Button, Text, TextInput } from '@mantine/core';
import { useTexts } from '../../../texts/use-texts.ts';
import type { AnswerFormProps } from './check-answer.ts';

/** The account's questions, each with what the caller answered. */
export function QuestionsForm({ check, working, wrong, onAnswer }: AnswerFormProps) {
  const t = useTexts();
  const [answers, setAnswers] = useState<Readonly<Record<string, string>>>({});
  const { attempt } = check;
  const questions = attempt?.asked ?? [];
  const filled = questions.every(({ id }) => (answers[id] ?? '').trim() !== '');
  return (
    <form
      className="check-form"
      onSubmit={(event) => {
        event.preventDefault();
        const given = questions.map(({ id }) => ({ questionId: id, answer: answers[id] ?? '' }));
        if (filled) onAnswer({ kind: 'security-questions', answers: given });
      }}
    >
      {questions.map(({ id, text }, index) => (
        <TextInput
          key={id}
          label={<bdi>{text}</bdi>}
          autoFocus={index === 0}
          autoComplete="off"
          maxLength={200}
          value={answers[id] ?? ''}
          onChange={({ currentTarget: { value } }) => setAnswers({ ...answers, [id]: value })}
        />
      ))}
      <Text size="sm" className="refused-text" mih={20}>
        {wrong && attempt?.triesLeft != null
          ? t('case.check.wrongAnswers', { count: attempt.triesLeft })
          : ''}
      </Text>
      <Button type="submit" variant="default" disabled={working || !filled}>
        {t('case.questions.check')}
      </Button>
    </form>
  );
}
