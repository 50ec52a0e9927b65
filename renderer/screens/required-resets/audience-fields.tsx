import { useState } from 'react';
import { SegmentedControl } from '@mantine/core';
import type { Audience } from '../../../shared/api/required-reset.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { FilterFields } from './filter-fields.tsx';
import { ListField } from './list-field.tsx';
import { PickAccounts } from './pick-accounts.tsx';

const kinds = ['accounts', 'list', 'filter'] as const;

/** The accounts of a required reset: picked ones, a list, or a filter. Reports null while none is chosen. */
export function AudienceFields({ onChange }: { readonly onChange: (audience: Audience | null) => void }) {
  const t = useTexts();
  const [kind, setKind] = useState<Audience['kind']>('accounts');
  return (
    <>
      <SegmentedControl
        fullWidth
        aria-label={t('requiredResets.form.who')}
        value={kind}
        onChange={(value) => {
          setKind(kinds.find((candidate) => candidate === value) ?? 'accounts');
          onChange(null);
        }}
        data={kinds.map((value) => ({
          value,
          label: (
            <span data-testid={`required-resets-by-${value}`}>{t(`requiredResets.form.kinds.${value}`)}</span>
          ),
        }))}
      />
      {kind === 'accounts' && <PickAccounts onChange={onChange} />}
      {kind === 'list' && <ListField onChange={onChange} />}
      {kind === 'filter' && <FilterFields onChange={onChange} />}
    </>
  );
}
