import { useEffect, useEffectEvent, useState } from 'react';
import { Group, MultiSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { filterStatuses, type Audience } from '../../../shared/api/required-reset.ts';
import { tiers } from '../../../shared/api/tiers.ts';
import { failureOf, useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { useTexts } from '../../texts/use-texts.ts';

type Filter = Extract<Audience, { kind: 'filter' }>;
const emptyFilter: Filter = {
  kind: 'filter',
  departments: [],
  tiers: [],
  statuses: [],
  passwordSetBefore: null,
};

/** Accounts that match every field. An empty field matches all. */
export function FilterFields({ onChange }: { readonly onChange: (audience: Audience | null) => void }) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [filter, setFilter] = useState(emptyFilter);
  const [before, setBefore] = useState('');
  const choices = useQuery({
    queryKey: ['required-resets', 'choices'],
    queryFn: () => valueOf(bridge.requiredResets.choices({})),
    staleTime: 60_000,
    retry: false,
  });
  const onShown = useEffectEvent(() => onChange(emptyFilter));
  useEffect(() => onShown(), []);
  const change = (part: Partial<Filter>) => {
    const next = { ...filter, ...part };
    setFilter(next);
    onChange(next);
  };
  const placeholder = (chosen: readonly unknown[]) =>
    chosen.length === 0 ? t('requiredResets.form.everybody') : '';
  return (
    <>
      <FailureLine read={failureOf(choices.error)} />
      <MultiSelect
        searchable
        data-testid="required-resets-departments"
        label={t('requiredResets.form.departments')}
        placeholder={placeholder(filter.departments)}
        data={(choices.data?.departments ?? []).map(({ name, accounts }) => ({
          value: name,
          label: t('requiredResets.form.department', { name, accounts: accounts.toLocaleString() }),
        }))}
        value={filter.departments}
        onChange={(departments) => change({ departments })}
      />
      <Group grow align="flex-start">
        <MultiSelect
          label={t('requiredResets.form.tiers')}
          placeholder={placeholder(filter.tiers)}
          data={tiers.map((value) => ({ value, label: t(`case.tiers.${value}`) }))}
          value={filter.tiers}
          onChange={(chosen) => change({ tiers: tiers.filter((tier) => chosen.includes(tier)) })}
        />
        <MultiSelect
          label={t('requiredResets.form.statuses')}
          placeholder={placeholder(filter.statuses)}
          data={filterStatuses.map((value) => ({
            value,
            label: t(`requiredResets.form.statusNames.${value}`),
          }))}
          value={filter.statuses}
          onChange={(chosen) =>
            change({ statuses: filterStatuses.filter((status) => chosen.includes(status)) })
          }
        />
        <TextInput
          type="date"
          label={t('requiredResets.form.before')}
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
