import { Alert, Checkbox, NativeSelect, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Value } from '../../../../shared/bridge/contract.ts';
import { useConsoleBridge, valueOf } from '../../../bridge/console-bridge.ts';
import { FailureLine } from '../../../parts/failure/failure-line.tsx';
import { useNamedForm } from '../../../parts/forms/use-named-form.ts';
import { useMarkedFields } from '../../../parts/forms/marked-fields.ts';
import { ReadSection } from '../../../parts/forms/read-section.tsx';
import { FormSaveBar } from '../../../parts/forms/save-bar.tsx';
import { useOutcome } from '../../../parts/forms/use-outcome.ts';
import { useProven } from '../../../parts/proof/use-proven.tsx';
import { useKeptForm } from '../../../parts/unsaved/use-kept-form.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { RoleLines, roleEntriesOf, roleTextsOf } from './role-lines.tsx';
import { ScopeFields } from './scope-fields.tsx';

type Stored = Value<'directorySignIn', 'get'>;

/** Operators' sign-in with the passwords of a directory. */
export function DirectorySignInSection() {
  const t = useTexts();
  const bridge = useConsoleBridge();
  return (
    <ReadSection
      title={t('operators.directory.title')}
      name="directory-sign-in"
      read={() => bridge.directorySignIn.get({})}
    >
      {(stored, refetch) => <DirectorySignInForm stored={stored} onStored={refetch} />}
    </ReadSection>
  );
}

function DirectorySignInForm({
  stored,
  onStored,
}: {
  readonly stored: Stored;
  readonly onStored: () => void;
}) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const { run, dialog } = useProven();
  const { message, failure, settle, clear } = useOutcome();
  const { directories, localAdministrators, roles, ...settings } = stored;
  const { data: known } = useQuery({
    queryKey: ['operators'],
    queryFn: () => valueOf(bridge.operators.list({})),
  });
  const form = useNamedForm({
    name: 'settings-directory-sign-in',
    initialValues: {
      ...settings,
      directoryId: settings.directoryId ?? '',
      groups: roleTextsOf(roles, ({ group }) => group),
    },
  });
  useKeptForm(form, { name: 'directory sign-in', title: t('operators.directory.title'), secrets: [] });
  const unmarked = useMarkedFields(form, failure, {
    labels: { roles: t('operators.directory.groups'), scope: t('operators.directory.scope') },
  });
  const save = async ({ directoryId, groups, ...values }: typeof form.values) => {
    const body = {
      ...values,
      directoryId: directoryId === '' ? null : directoryId,
      roles: roleEntriesOf(groups).map(({ text: group, role }) => ({ group, role })),
    };
    const changed = run(() => bridge.directorySignIn.change({ body }));
    if (!(await settle(changed, () => t('operators.directory.saved')))) return;
    form.resetDirty();
    onStored();
  };
  return (
    <>
      <form className="operator-form" onSubmit={form.onSubmit(save)}>
        <Text size="sm">{t('operators.directory.lead')}</Text>
        {localAdministrators.length === 0 ? (
          <Alert variant="light" color="red">
            <Text size="sm" data-testid="settings-directory-sign-in-local">
              {t('operators.directory.noLocal')}
            </Text>
          </Alert>
        ) : (
          <Text size="sm" data-testid="settings-directory-sign-in-local">
            {t('operators.directory.local', { names: localAdministrators.join(', ') })}
          </Text>
        )}
        <Checkbox
          label={t('operators.directory.enabled')}
          {...form.getInputProps('enabled', { type: 'checkbox' })}
        />
        <NativeSelect
          label={t('operators.directory.directory')}
          description={directories.length === 0 ? t('operators.directory.none') : undefined}
          data={[
            { value: '', label: t('operators.directory.choose') },
            ...directories.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          {...form.getInputProps('directoryId')}
        />
        <Text size="sm">{t('operators.directory.groupHint')}</Text>
        <RoleLines
          name="settings-directory-sign-in-group"
          labelOf={(role) => t('operators.directory.group', { role })}
          texts={form.values.groups}
          onChange={(texts) => form.setFieldValue('groups', texts)}
        />
        <ScopeFields
          name="settings-directory-sign-in"
          title={t('operators.directory.scope')}
          hint={t('operators.directory.scopeHint')}
          scope={form.values.scope}
          onChange={(scope) => form.setFieldValue('scope', scope)}
          departments={known?.departments ?? []}
          directories={known?.directories ?? []}
        />
        <FailureLine failure={unmarked} />
        <FormSaveBar name="settings-directory-sign-in" form={form} onDiscarded={clear}>
          <Text size="sm" role="status" data-testid="settings-directory-sign-in-message">
            {message}
          </Text>
        </FormSaveBar>
      </form>
      {dialog}
    </>
  );
}
