import { Alert, Button, Checkbox, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { DirectorySignInSettings } from '../../../../shared/api/directory-sign-in.ts';
import { roles as allRoles, type Role } from '../../../../shared/api/operator.ts';
import type { Value } from '../../../../shared/bridge/contract.ts';
import { useConsoleBridge } from '../../../bridge/console-bridge.ts';
import { FailureLine } from '../../../parts/failure/failure-line.tsx';
import { fieldTestIds } from '../../../parts/forms/field-test-ids.ts';
import { ReadSection } from '../../../parts/forms/read-section.tsx';
import { useOutcome } from '../../../parts/forms/use-outcome.ts';
import { useProven } from '../../../parts/proof/use-proven.tsx';
import { useKeptForm } from '../../../parts/unsaved/use-kept-form.ts';
import { useTexts } from '../../../texts/use-texts.ts';

type Stored = Value<'directorySignIn', 'get'>;
type Roles = DirectorySignInSettings['roles'];

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

/** The form edits one group per role. Further groups of a role stay as they are stored. */
const groupOf = (roles: Roles, role: Role): string => roles.find((entry) => entry.role === role)?.group ?? '';
const withGroup = (roles: Roles, role: Role, group: string): Roles => {
  const at = roles.findIndex((entry) => entry.role === role);
  if (at < 0) return group === '' ? roles : [...roles, { group, role }];
  return group === '' ? roles.toSpliced(at, 1) : roles.with(at, { group, role });
};

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
  const { message, failure, settle } = useOutcome();
  const { directories, localAdministrators, ...settings } = stored;
  const form = useForm({
    initialValues: { ...settings, directoryId: settings.directoryId ?? '' },
    enhanceGetInputProps: fieldTestIds('settings-directory-sign-in'),
  });
  useKeptForm(form, { name: 'directory sign-in', title: t('operators.directory.title'), secrets: [] });
  const save = async ({ directoryId, ...values }: typeof form.values) => {
    const body = { ...values, directoryId: directoryId === '' ? null : directoryId };
    const changed = run(() => bridge.directorySignIn.change({ body }));
    if (!(await settle(changed, () => t('operators.directory.saved')))) return;
    form.resetDirty();
    onStored();
  };
  return (
    <>
      <form className="operator-form" onSubmit={form.onSubmit(save)}>
        <Text size="sm">{t('operators.directory.lead')}</Text>
        <Alert variant="light" color={localAdministrators.length === 0 ? 'red' : 'blue'}>
          <Text size="sm" data-testid="settings-directory-sign-in-local">
            {localAdministrators.length === 0
              ? t('operators.directory.noLocal')
              : t('operators.directory.local', { names: localAdministrators.join(', ') })}
          </Text>
        </Alert>
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
        {allRoles.map((role) => (
          <TextInput
            key={role}
            label={t('operators.directory.group', { role: t(`operators.roles.${role}`) })}
            spellCheck={false}
            data-testid={`settings-directory-sign-in-group-${role}`}
            value={groupOf(form.values.roles, role)}
            onChange={(event) =>
              form.setFieldValue('roles', withGroup(form.values.roles, role, event.currentTarget.value))
            }
          />
        ))}
        <FailureLine failure={failure} />
        <Group>
          <Button type="submit" data-testid="settings-directory-sign-in-save">
            {t('operators.directory.save')}
          </Button>
          <Text size="sm" role="status" data-testid="settings-directory-sign-in-message">
            {message}
          </Text>
        </Group>
      </form>
      {dialog}
    </>
  );
}
