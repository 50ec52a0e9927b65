import { Button, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import type { AuditFilter } from '../../../shared/api/audit.ts';
import { auditTexts } from '../../texts/en/audit.ts';
import { useTexts } from '../../texts/use-texts.ts';

const groups = Object.keys(auditTexts.filters.groups);
const outcomes = ['done', 'refused', 'failed'] as const;

/** A day of this computer's time zone as the moment at which it begins, or the next one does. */
const startOf = (day: string, later = 0): string => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).toISOString();
};

/** What the filters hold as it was typed. */
export interface TypedFilter {
  readonly account: string;
  readonly case: number | '';
  readonly action: string;
  readonly outcome: string;
  readonly actor: string;
  readonly from: string;
  readonly to: string;
}
export const noFilter: TypedFilter = {
  account: '',
  case: '',
  action: '',
  outcome: '',
  actor: '',
  from: '',
  to: '',
};

/** What is asked of the backend. */
export function filterOf(typed: TypedFilter): AuditFilter {
  const outcome = outcomes.find((one) => one === typed.outcome);
  return {
    ...(typed.account.trim() !== '' && { account: typed.account.trim() }),
    ...(typed.case !== '' && typed.case > 0 && { case: typed.case }),
    ...(typed.action !== '' && { action: typed.action }),
    ...(outcome && { outcome }),
    ...(typed.actor.trim() !== '' && { actor: typed.actor.trim() }),
    ...(typed.from !== '' && { from: startOf(typed.from) }),
    ...(typed.to !== '' && { to: startOf(typed.to, 1) }),
  };
}

interface AuditFiltersProps {
  readonly typed: TypedFilter;
  readonly onTyped: (typed: TypedFilter) => void;
}

/** Which events are shown and exported. */
export function AuditFilters({ typed, onTyped }: AuditFiltersProps) {
  const t = useTexts();
  const text = (name: 'account' | 'actor', hint?: string) => (
    <TextInput
      label={t(`audit.filters.${name}`)}
      placeholder={hint}
      value={typed[name]}
      onChange={({ currentTarget }) => onTyped({ ...typed, [name]: currentTarget.value })}
    />
  );
  const day = (name: 'from' | 'to') => (
    <TextInput
      type="date"
      label={t(`audit.filters.${name}`)}
      value={typed[name]}
      onChange={({ currentTarget }) => onTyped({ ...typed, [name]: currentTarget.value })}
    />
  );
  return (
    <section className="audit-filters" aria-label={t('audit.filters.label')}>
      <NativeSelect
        label={t('audit.filters.action')}
        value={typed.action}
        onChange={({ currentTarget }) => onTyped({ ...typed, action: currentTarget.value })}
        data={[
          { value: '', label: t('audit.filters.all') },
          ...groups.map((value) => ({ value, label: t(`audit.filters.groups.${value}`) })),
        ]}
      />
      <NativeSelect
        label={t('audit.filters.outcome')}
        value={typed.outcome}
        onChange={({ currentTarget }) => onTyped({ ...typed, outcome: currentTarget.value })}
        data={[
          { value: '', label: t('audit.filters.all') },
          ...outcomes.map((value) => ({ value, label: t(`audit.filters.outcomes.${value}`) })),
        ]}
      />
      {text('account', t('audit.filters.accountHint'))}
      <NumberInput
        label={t('audit.filters.case')}
        min={1}
        allowDecimal={false}
        hideControls
        value={typed.case}
        onChange={(value) => onTyped({ ...typed, case: typeof value === 'number' ? value : '' })}
      />
      {text('actor')}
      {day('from')}
      {day('to')}
      <Button variant="subtle" disabled={typed === noFilter} onClick={() => onTyped(noFilter)}>
        {t('audit.filters.clear')}
      </Button>
    </section>
  );
}
