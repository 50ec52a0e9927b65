import { Group, MultiSelect, Text } from '@mantine/core';
import type { OperatorScope } from '../../../../shared/api/operator.ts';
import { directories as kinds, tiers } from '../../../../shared/api/tiers.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { useDirectoryName, type ConfiguredDirectory } from './use-directory-name.ts';

interface ScopeFieldsProps {
  /** The fields are `<name>-scope-departments` and so on. */
  readonly name: string;
  readonly title: string;
  readonly hint: string;
  readonly scope: OperatorScope;
  readonly onChange: (scope: OperatorScope) => void;
  readonly departments: readonly string[];
  readonly directories: readonly ConfiguredDirectory[];
}

/** The accounts that an operator may work on. An empty field does not restrict them. */
export function ScopeFields({
  name,
  title,
  hint,
  scope,
  onChange,
  departments,
  directories,
}: ScopeFieldsProps) {
  const t = useTexts();
  const nameOf = useDirectoryName(directories);
  // Kinds first; one that was removed stays until it is taken out.
  const choices = [...new Set([...kinds, ...directories.map(({ id }) => id), ...scope.directories])];
  const field = (part: keyof OperatorScope) => ({ 'data-testid': `${name}-scope-${part}` });
  return (
    <fieldset className="scope">
      <legend>{title}</legend>
      <Text size="xs" c="dimmed">
        {hint}
      </Text>
      <MultiSelect
        label={t('operators.form.departments')}
        data={[...new Set([...departments, ...scope.departments])]}
        searchable
        hidePickedOptions
        {...field('departments')}
        value={[...scope.departments]}
        onChange={(chosen) => onChange({ ...scope, departments: chosen })}
      />
      <Group grow align="start">
        <MultiSelect
          label={t('operators.form.tiers')}
          data={tiers.map((value) => ({ value, label: t(`search.tiers.${value}`) }))}
          {...field('tiers')}
          value={[...scope.tiers]}
          onChange={(chosen) => onChange({ ...scope, tiers: tiers.filter((tier) => chosen.includes(tier)) })}
        />
        <MultiSelect
          label={t('operators.form.directories')}
          description={t('operators.form.directoriesHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={choices.map((value) => ({ value, label: nameOf(value) }))}
          {...field('directories')}
          value={[...scope.directories]}
          onChange={(chosen) =>
            onChange({ ...scope, directories: choices.filter((choice) => chosen.includes(choice)) })
          }
        />
      </Group>
    </fieldset>
  );
}
