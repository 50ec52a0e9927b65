import { Button, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import type { AuditFilter } from '../../../shared/api/audit.ts';
import { auditTexts } from '../../texts/en/audit.ts';
import { useTexts } from '../../texts/use-texts.ts';

const groups = Object.keys(auditTexts.filters.groups);
const outcomes = ['done', 'refused', 'failed'] as const;

/** The start of a day in this computer's time zone as ISO 8601, `later` days after it. */
const startOf = (day: string, later = 0): string => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).toISOString();
};

/** The values of the filter fields; an empty one does not filter. */
export interface FilterValues {
  readonly account: string;
  readonly case: number | '';
  readonly action: string;
  readonly outcome: string;
  readonly actor: string;
  readonly from: string;
  readonly to: string;
}
export const noFilter: FilterValues = {
  account: '',
  case: '',
  action: '',
  outcome: '',
  actor: '',
  from: '',
  to: '',
};

/** The filter as the API takes it, without empty fields. */
export function filterOf(values: FilterValues): AuditFilter {
  const outcome = outcomes.find((known) => known === values.outcome);
  return {
    ...(values.account.trim() !== '' && { account: values.account.trim() }),
    ...(values.case !== '' && values.case > 0 && { case: values.case }),
    ...(values.action !== '' && { action: values.action }),
    ...(outcome && { outcome }),
    ...(values.actor.trim() !== '' && { actor: values.actor.trim() }),
    ...(values.from !== '' && { from: startOf(values.from) }),
    ...(values.to !== '' && { to: startOf(values.to, 1) }),
  };
}

interface AuditFiltersProps {
  readonly values: FilterValues;
  readonly onChange: (values: FilterValues) => void;
}

/** The fields that filter the shown and exported events. */
export function AuditFilters({ values, onChange }: AuditFiltersProps) {
  const t = useTexts();
  const text = (name: 'account' | 'actor', hint?: string) => (
    <TextInput
      data-testid={`audit-filter-${name}`}
      label={t(`audit.filters.${name}`)}
      placeholder={hint}
      value={values[name]}
      onChange={({ currentTarget }) => onChange({ ...values, [name]: currentTarget.value })}
    />
  );
  const day = (name: 'from' | 'to') => (
    <TextInput
      type="date"
      data-testid={`audit-filter-${name}`}
      label={t(`audit.filters.${name}`)}
      value={values[name]}
      onChange={({ currentTarget }) => onChange({ ...values, [name]: currentTarget.value })}
    />
  );
  return (
    <section className="audit-filters" aria-label={t('audit.filters.label')}>
      <NativeSelect
        data-testid="audit-filter-action"
        label={t('audit.filters.action')}
        value={values.action}
        onChange={({ currentTarget }) => onChange({ ...values, action: currentTarget.value })}
        data={[
          { value: '', label: t('audit.filters.all') },
          ...groups.map((value) => ({ value, label: t(`audit.filters.groups.${value}`) })),
        ]}
      />
      <NativeSelect
        data-testid="audit-filter-outcome"
        label={t('audit.filters.outcome')}
        value={values.outcome}
        onChange={({ currentTarget }) => onChange({ ...values, outcome: currentTarget.value })}
        data={[
          { value: '', label: t('audit.filters.all') },
          ...outcomes.map((value) => ({ value, label: t(`audit.filters.outcomes.${value}`) })),
        ]}
      />
      {text('account', t('audit.filters.accountHint'))}
      <NumberInput
        data-testid="audit-filter-case"
        label={t('audit.filters.case')}
        min={1}
        allowDecimal={false}
        hideControls
        value={values.case}
        onChange={(value) => onChange({ ...values, case: typeof value === 'number' ? value : '' })}
      />
      {text('actor')}
      {day('from')}
      {day('to')}
      <Button
        variant="subtle"
        data-testid="audit-clear-filters"
        disabled={values === noFilter}
        onClick={() => onChange(noFilter)}
      >
        {t('audit.filters.clear')}
      </Button>
    </section>
  );
}
