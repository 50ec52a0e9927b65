import { useState } from 'react';
import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { badgeKinds } from '../../../../shared/api/check.ts';
import { useDraft } from '../../../parts/drafts/drafts.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import type { AnswerFormProps } from './check-answer.ts';

const places = ['in-person', 'live-video'] as const;

/** What the operator saw: place, kind of badge and the last characters of its number. */
export function InPersonForm({ draft, working, onAnswer }: AnswerFormProps) {
  const t = useTexts();
  const [where, setWhere] = useState<(typeof places)[number]>('in-person');
  const [badge, setBadge] = useState<(typeof badgeKinds)[number]>('staff-badge');
  const [lastCharacters, setLastCharacters] = useDraft(`${draft} last characters`);
  const [note, setNote] = useDraft(`${draft} note`);
  const [submitted, setSubmitted] = useState(false);
  const enough = /^[\p{L}\p{N}]{2,6}$/u.test(lastCharacters.trim());
  const noted = note.trim() !== '';
  const answer = (outcome: 'recognised' | 'not-recognised') => {
    setSubmitted(true);
    if (!enough || !noted) return;
    onAnswer({
      kind: 'in-person',
      outcome,
      where,
      badge,
      lastCharacters: lastCharacters.trim(),
      note: note.trim(),
    });
  };
  return (
    <div className="check-form">
      <Group grow align="flex-start">
        <NativeSelect
          data-testid="case-badge-where"
          label={t('case.inPerson.where')}
          autoFocus
          value={where}
          onChange={({ currentTarget: { value } }) =>
            setWhere(places.find((place) => place === value) ?? 'in-person')
          }
          data={places.map((value) => ({ value, label: t(`case.inPerson.${value}`) }))}
        />
        <NativeSelect
          data-testid="case-badge-kind"
          label={t('case.inPerson.badge')}
          value={badge}
          onChange={({ currentTarget: { value } }) =>
            setBadge(badgeKinds.find((kind) => kind === value) ?? 'staff-badge')
          }
          data={badgeKinds.map((value) => ({ value, label: t(`case.inPerson.badges.${value}`) }))}
        />
        <TextInput
          data-testid="case-badge-number"
          label={t('case.inPerson.lastCharacters')}
          value={lastCharacters}
          maxLength={6}
          autoComplete="off"
          onChange={(event) => setLastCharacters(event.currentTarget.value)}
          error={submitted && !enough ? t('case.inPerson.lastCharactersNeeded') : null}
        />
      </Group>
      <TextInput
        mt={8}
        data-testid="case-badge-note"
        label={t('case.inPerson.note')}
        value={note}
        maxLength={1000}
        onChange={(event) => setNote(event.currentTarget.value)}
        error={submitted && !noted ? t('case.inPerson.noteNeeded') : null}
      />
      <Group mt={8} gap={8}>
        {(['recognised', 'not-recognised'] as const).map((outcome) => (
          <Button
            key={outcome}
            data-testid={`case-badge-${outcome}`}
            variant={outcome === 'recognised' ? 'filled' : 'default'}
            disabled={working}
            onClick={() => answer(outcome)}
          >
            {t(`case.inPerson.${outcome}`)}
          </Button>
        ))}
      </Group>
    </div>
  );
}
