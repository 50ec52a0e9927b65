import { Table } from '@mantine/core';
import type { ChangedField, ProtectedChange } from '../../../../shared/api/protected-change-view.ts';
import { policyRules } from '../../../../shared/api/policy-rules.ts';
import { useTexts, type Translate } from '../../../texts/use-texts.ts';
import { ruleLabel, valueWords } from '../policy/rule-texts.ts';

interface Shown {
  readonly label: string;
  readonly from: string;
  readonly to: string;
}

/** One rule of the policy, whose values are JSON. */
function shownRule(t: Translate, { name, from, to }: ChangedField): Shown {
  const rule = policyRules.find(({ path }) => path === name);
  const textOf = (json: string | null) =>
    valueWords(t, rule, name, json === null ? undefined : (JSON.parse(json) as unknown));
  return { label: ruleLabel(t, name), from: textOf(from), to: textOf(to) };
}

const roleNames = ['operator', 'approver', 'auditor', 'administrator'] as const;

function shownField(t: Translate, { name, from, to, secret }: ChangedField): Shown {
  const textOf = (value: string | null): string => {
    if (value === null || value === '') return t('protectedChanges.none');
    if (secret) return t(value === 'new' ? 'protectedChanges.newSecret' : 'protectedChanges.stored');
    if (value === 'true' || value === 'false') return t(`protectedChanges.switch.${value}`);
    if (name !== 'roles') return value;
    const roles = value.split(', ');
    return roleNames
      .filter((role) => roles.includes(role))
      .map((role) => t(`operators.roles.${role}`))
      .join(', ');
  };
  return {
    label: t(`protectedChanges.fields.${name}`, { defaultValue: name }),
    from: textOf(from),
    to: textOf(to),
  };
}

/** What a change changes: each field with its value before and after the change. */
export function ChangeFields({
  change,
}: {
  readonly change: Pick<ProtectedChange, 'act' | 'fields' | 'state'>;
}) {
  const t = useTexts();
  const shown = change.fields.map((field) =>
    change.act === 'changePolicy' ? shownRule(t, field) : shownField(t, field),
  );
  return (
    <Table data-testid="change-fields" className="change-fields" layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('protectedChanges.field')}</Table.Th>
          <Table.Th>
            {t(change.state === 'waiting' ? 'protectedChanges.now' : 'protectedChanges.before')}
          </Table.Th>
          <Table.Th>{t('protectedChanges.after')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {shown.map(({ label, from, to }) => (
          <Table.Tr key={label}>
            <Table.Th scope="row">{label}</Table.Th>
            <Table.Td>
              <bdi>{from}</bdi>
            </Table.Td>
            <Table.Td>
              <bdi>{to}</bdi>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
