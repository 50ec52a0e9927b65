import { NumberInput } from '@mantine/core';
import { useTexts } from '../../../texts/use-texts.ts';
import type { RuleControlProps } from './rule-field.tsx';
import { rangeWords } from './rule-texts.ts';
import { shownAmount, unitOf } from './rule-units.ts';

/** A number within bounds, shown in its unit. An invalid entry is kept as NaN and marked until it is corrected. */
export function AmountField({ rule, value, fault, set, label, hint }: RuleControlProps) {
  const t = useTexts();
  const { path, optional, least, most } = rule;
  const unit = unitOf(path);
  const empty = optional ? undefined : Number.NaN;
  return (
    <NumberInput
      label={label}
      description={[t('policy.range', rangeWords(t, rule)), hint].filter((part) => part !== '').join('. ')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      data-rule={path}
      min={(least ?? 0) / unit}
      max={(most ?? 0) / unit}
      clampBehavior="none"
      allowDecimal={unit > 1}
      value={typeof value === 'number' && !Number.isNaN(value) ? shownAmount(path, value) : ''}
      error={fault}
      onChange={(typed) =>
        set(path, typed === '' || typed === '-' ? empty : Math.round(Number(typed) * unit))
      }
    />
  );
}
