import { useState } from 'react';
import { Textarea } from '@mantine/core';
import type { Audience } from '../../../shared/api/required-reset.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { ChooseFile } from '../../parts/forms/choose-file.tsx';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { DropZone } from '../../parts/files/drop-zone.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { readNames } from './read-names.ts';

/** User names and email addresses that are typed, pasted, or read from a file. */
export function ListField({ onChange }: { readonly onChange: (audience: Audience | null) => void }) {
  const t = useTexts();
  const [text, setText] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const change = (next: string) => {
    setText(next);
    const names = readNames(next);
    onChange(names.length === 0 ? null : { kind: 'list', names });
  };
  const read = async (file: File | null | undefined) => {
    if (file === null || file === undefined) return;
    const content = await file.text().catch(() => null);
    setFailure(content === null ? { code: 'file.unreadable' } : null);
    if (content !== null) change(readNames(content).join('\n'));
  };
  return (
    <DropZone className="required-drop" onFile={(file) => void read(file)}>
      <Textarea
        label={t('requiredResets.form.list')}
        description={t('requiredResets.form.listHint')}
        rows={6}
        spellCheck={false}
        data-testid="required-resets-list"
        value={text}
        onChange={(event) => change(event.currentTarget.value)}
      />
      <FailureLine failure={failure} />
      <ChooseFile accept=".csv,.txt,.tsv" size="compact-sm" mt={8} onFile={(file) => void read(file)}>
        {t('requiredResets.form.file')}
      </ChooseFile>
    </DropZone>
  );
}
