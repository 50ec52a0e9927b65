import { useState, type SubmitEvent } from 'react';
import { Button, Checkbox, Group, Modal, MultiSelect, Text, TextInput } from '@mantine/core';
import {
  everyAccount,
  roles as allRoles,
  type OperatorScope,
  type Role,
} from '../../../../shared/api/operator.ts';
import type { OperatorRow } from '../../../../shared/api/operators.ts';
import { directories, tiers } from '../../../../shared/api/tiers.ts';
import type { Failure } from '../../../../shared/errors/result.ts';
import { FailureLine } from '../../../parts/failure/failure-line.tsx';
import { useTexts } from '../../../texts/use-texts.ts';

export interface OperatorFields {
  readonly displayName: string;
  readonly userName: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly scope: OperatorScope;
  /** User name of the own account; empty for none. */
  readonly account: string;
}

interface OperatorFormProps {
  /** Null for an invitation. */
  readonly row: OperatorRow | null;
  readonly departments: readonly string[];
  /** Sends what was filled in; answers what went wrong, or null. */
  readonly onSubmit: (fields: OperatorFields) => Promise<Failure | null>;
  readonly onClose: () => void;
}

const empty: OperatorFields = {
  displayName: '',
  userName: '',
  email: '',
  roles: ['operator'],
  scope: everyAccount,
  account: '',
};
const fieldsOf = (row: OperatorRow): OperatorFields => ({
  displayName: row.displayName,
  userName: row.userName,
  email: row.email ?? '',
  roles: row.roles,
  scope: row.scope,
  account: row.linkedAccount?.userName ?? '',
});

/** Who an operator is, what they may do, and which accounts they may touch. */
export function OperatorForm({ row, departments, onSubmit, onClose }: OperatorFormProps) {
  const t = useTexts();
  const [fields, setFields] = useState(row === null ? empty : fieldsOf(row));
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const change = (part: Partial<OperatorFields>) => setFields((before) => ({ ...before, ...part }));
  const scope = (part: Partial<OperatorScope>) => change({ scope: { ...fields.scope, ...part } });
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (fields.roles.length === 0) return;
    setBusy(true);
    setFailure(null);
    const wrong = await onSubmit(fields);
    setBusy(false);
    setFailure(wrong);
  };
  const text = (name: 'displayName' | 'userName' | 'email', type = 'text') => (
    <TextInput
      label={t(`operators.form.${name}`)}
      type={type}
      required
      withAsterisk={false}
      value={fields[name]}
      onChange={(event) => change({ [name]: event.currentTarget.value })}
    />
  );
  const toggle = (role: Role, on: boolean) =>
    change({ roles: allRoles.filter((one) => (one === role ? on : fields.roles.includes(one))) });
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={
        <bdi>
          {row === null
            ? t('operators.form.inviteTitle')
            : t('operators.form.editTitle', { name: row.displayName })}
        </bdi>
      }
      withCloseButton={false}
    >
      <form className="operator-form" onSubmit={(event) => void submit(event)}>
        <Group grow align="start">
          {text('displayName')}
          {row === null && text('userName')}
        </Group>
        {text('email', 'email')}
        <Checkbox.Group
          label={t('operators.form.roles')}
          value={[...fields.roles]}
          error={tried && fields.roles.length === 0 ? t('operators.form.noRole') : null}
        >
          <div className="role-list">
            {allRoles.map((role) => (
              <Checkbox
                key={role}
                value={role}
                label={t(`operators.roles.${role}`)}
                description={t(`operators.roleHints.${role}`)}
                onChange={(event) => toggle(role, event.currentTarget.checked)}
              />
            ))}
          </div>
        </Checkbox.Group>
        <fieldset className="scope">
          <legend>{t('operators.form.scope')}</legend>
          <Text size="xs" c="dimmed">
            {t('operators.form.scopeHint')}
          </Text>
          <MultiSelect
            label={t('operators.form.departments')}
            data={[...new Set([...departments, ...fields.scope.departments])]}
            value={fields.scope.departments}
            onChange={(values) => scope({ departments: values })}
            searchable
            hidePickedOptions
          />
          <Group grow align="start">
            <MultiSelect
              label={t('operators.form.tiers')}
              data={tiers.map((value) => ({ value, label: t(`search.tiers.${value}`) }))}
              value={fields.scope.tiers}
              onChange={(values) => scope({ tiers: tiers.filter((tier) => values.includes(tier)) })}
            />
            <MultiSelect
              label={t('operators.form.directories')}
              data={directories.map((value) => ({
                value,
                label: t(`operators.form.directoryNames.${value}`),
              }))}
              value={fields.scope.directories}
              onChange={(values) =>
                scope({ directories: directories.filter((directory) => values.includes(directory)) })
              }
            />
          </Group>
        </fieldset>
        {row !== null && (
          <TextInput
            label={t('operators.form.account')}
            description={t('operators.form.accountHint')}
            value={fields.account}
            spellCheck={false}
            onChange={(event) => change({ account: event.currentTarget.value })}
          />
        )}
        <FailureLine failure={failure} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('operators.form.cancel')}
          </Button>
          <Button type="submit" loading={busy}>
            {t(row === null ? 'operators.form.send' : 'operators.form.save')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
