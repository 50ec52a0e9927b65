import { useState } from 'react';
import { Button, Checkbox, Group, Modal, TextInput } from '@mantine/core';
import {
  everyAccount,
  roles as allRoles,
  type OperatorScope,
  type Role,
} from '../../../../shared/api/operator.ts';
import type { OperatorRow } from '../../../../shared/api/operators.ts';
import type { Failure } from '../../../../shared/errors/result.ts';
import { FailureLine } from '../../../parts/failure/failure-line.tsx';
import { useNamedForm } from '../../../parts/forms/use-named-form.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { ScopeFields } from './scope-fields.tsx';
import type { ConfiguredDirectory } from './use-directory-name.ts';

export interface OperatorFields {
  readonly displayName: string;
  readonly userName: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly scope: OperatorScope;
  /** User name of the operator's own account; empty for none. */
  readonly account: string;
}

interface OperatorFormProps {
  /** The operator to edit; null for an invitation. */
  readonly row: OperatorRow | null;
  readonly departments: readonly string[];
  /** The configured directories. */
  readonly directories: readonly ConfiguredDirectory[];
  /** Sends the fields; answers the failure, or null. */
  readonly onSubmit: (fields: OperatorFields) => Promise<Failure | null>;
  readonly onClose: () => void;
}

const emptyFields: OperatorFields = {
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

/** Invites or edits an operator: who they are, their roles, and the accounts in their scope. */
export function OperatorForm({ row, departments, directories, onSubmit, onClose }: OperatorFormProps) {
  const t = useTexts();
  const [failure, setFailure] = useState<Failure | null>(null);
  const form = useNamedForm<OperatorFields>({
    name: 'operator-form',
    initialValues: row === null ? emptyFields : fieldsOf(row),
    validate: { roles: (roles) => (roles.length === 0 ? t('operators.form.noRole') : null) },
  });
  const submit = async (fields: OperatorFields) => {
    setFailure(null);
    setFailure(await onSubmit(fields));
  };
  const text = (name: 'displayName' | 'userName' | 'email', inputMode: 'text' | 'email' = 'text') => (
    <TextInput
      label={t(`operators.form.${name}`)}
      // A field of the type `email` would write domains in ASCII, and refuse other letters before the @.
      inputMode={inputMode}
      required
      withAsterisk={false}
      {...form.getInputProps(name)}
    />
  );
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
      <form className="operator-form" data-testid="operator-form" onSubmit={form.onSubmit(submit)}>
        <Group grow align="start">
          {text('displayName')}
          {row === null && text('userName')}
        </Group>
        {text('email', 'email')}
        <Checkbox.Group
          label={t('operators.form.roles')}
          {...form.getInputProps('roles')}
          onChange={(chosen) =>
            form.setFieldValue(
              'roles',
              allRoles.filter((role) => chosen.includes(role)),
            )
          }
        >
          <div className="role-list">
            {allRoles.map((role) => (
              <Checkbox
                key={role}
                value={role}
                data-testid={`operator-form-role-${role}`}
                label={t(`operators.roles.${role}`)}
                description={t(`operators.roleHints.${role}`)}
              />
            ))}
          </div>
        </Checkbox.Group>
        <ScopeFields
          name="operator-form"
          title={t('operators.form.scope')}
          hint={t('operators.form.scopeHint')}
          scope={form.values.scope}
          onChange={(scope) => form.setFieldValue('scope', scope)}
          departments={departments}
          directories={directories}
        />
        {row !== null && (
          <TextInput
            label={t('operators.form.account')}
            description={t('operators.form.accountHint')}
            spellCheck={false}
            {...form.getInputProps('account')}
          />
        )}
        <FailureLine failure={failure} />
        <Group justify="flex-end">
          <Button variant="default" data-testid="operator-form-cancel" onClick={onClose}>
            {t('operators.form.cancel')}
          </Button>
          <Button type="submit" loading={form.submitting} data-testid="operator-form-submit">
            {t(row === null ? 'operators.form.send' : 'operators.form.save')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
