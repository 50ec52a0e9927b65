import { useEffect, useState } from 'react';
import { Group, MultiSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { filterStatuses, type Audience } from '../../../shared/api/required-reset.ts';
import { tiers } from '../../../shared/api/tiers.ts';
import { failureOf, useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { useWords } from '../../texts/use-texts.ts';

type Filter = Extract<Audience, { kind: 'filter' }>;
const everybody: Filter = {
  kind: 'filter',
  departments: [],
  tiers: [],
  statuses: [],
  passwordSetBefore: null,
};

/** Whoever has all that is asked for; what is left empty asks nothing. */
export function FilterFields({ onChange }: { readonly onChange: (audience: Audience | null) => void }) {
  const words = useWords();
  const bridge = useConsoleBridge();
  const [filter, setFilter] = useState(everybody);
  const [before, setBefore] = useState('');
  const choices = useQuery({
    queryKey: ['required-resets', 'choices'],
    queryFn: () => valueOf(bridge.requiredResets.choices({})),
    staleTime: 60_000,
    retry: false,
  });
  // oxlint-disable-next-line react/exhaustive-deps -- once, for the empty filter
  useEffect(() => onChange(everybody), []);
  const change = (part: Partial<Filter>) => {
    const next = { ...filter, ...part };
    setFilter(next);
    onChange(next);
  };
  const placeholder = (chosen: readonly unknown[]) =>
    chosen.length === 0 ? words('requiredResets.form.everybody') : '';
  return (
    <>
      <FailureLine failure={failureOf(choices.error)} />
      <MultiSelect
        searchable
        label={words('requiredResets.form.departments')}
        placeholder={placeholder(filter.departments)}
        data={(choices.data?.departments ?? []).map(({ name, accounts }) => ({
          value: name,
          label: words('requiredResets.form.department', { name, accounts: accounts.toLocaleString() }),
        }))}
        value={filter.departments}
        onChange={(departments) => change({ departments })}
      />
      <Group grow align="flex-start">
        <MultiSelect
          label={words('requiredResets.form.tiers')}
          placeholder={placeholder(filter.tiers)}
          data={tiers.map((value) => ({ value, label: words(`case.tiers.${value}`) }))}
          value={filter.tiers}
          onChange={(chosen) => change({ tiers: tiers.filter((tier) => chosen.includes(tier)) })}
        />
        <MultiSelect
          label={words('requiredResets.form.statuses')}
          placeholder={placeholder(filter.statuses)}
          data={filterStatuses.map((value) => ({
            value,
            label: words(`requiredResets.form.statusNames.${value}`),
          }))}
          value={filter.statuses}
          onChange={(chosen) =>
            change({ statuses: filterStatuses.filter((status) => chosen.includes(status)) })
          }
        />
        <TextInput
          type="date"
          label={words('requiredResets.form.before')}
          value={before}
          onChange={({ currentTarget: { value } }) => {
            setBefore(value);
            const at = new Date(`${value}T00:00:00`);
            change({ passwordSetBefore: Number.isNaN(at.getTime()) ? null : at.toISOString() });
          }}
        />
      </Group>
    </>
  );
}
