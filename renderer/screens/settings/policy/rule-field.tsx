import { memo } from 'react';
import type { PolicyRule } from '../../../../shared/api/policy-rules.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { AmountField } from './amount-field.tsx';
import { ChoiceField, ManyField, SwitchField } from './choice-fields.tsx';
import { AmountsField, TextField, TextsField } from './text-fields.tsx';
import type { PolicyEditor } from './policy-editor.ts';
import { ruleHint, ruleLabel } from './rule-texts.ts';
import { valueAt } from './rule-path.ts';

export interface RuleControlProps {
  readonly rule: PolicyRule;
  readonly value: unknown;
  readonly fault: string | undefined;
  readonly set: PolicyEditor['set'];
  readonly label: string;
  readonly hint: string;
}

/** Memoized: the policy has more than a hundred rules, and typing in one must not render the others. */
const controls = {
  amount: memo(AmountField),
  amounts: memo(AmountsField),
  choice: memo(ChoiceField),
  many: memo(ManyField),
  switch: memo(SwitchField),
  text: memo(TextField),
  texts: memo(TextsField),
} as const satisfies Record<PolicyRule['kind'], unknown>;

interface RuleFieldProps {
  readonly rule: PolicyRule;
  readonly editor: PolicyEditor;
  readonly label?: string;
  readonly hint?: string;
}

/** The control for a rule, by its kind. */
export function RuleField({ rule, editor, label, hint }: RuleFieldProps) {
  const t = useTexts();
  const Control = controls[rule.kind];
  return (
    <Control
      rule={rule}
      value={valueAt(editor.document, rule.path)}
      fault={editor.faults.get(rule.path)}
      set={editor.set}
      label={label ?? ruleLabel(t, rule.path)}
      hint={hint ?? ruleHint(t, rule.path)}
    />
  );
}
