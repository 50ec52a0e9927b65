import { useState } from 'react';
import {
  Button,
  Checkbox,
  Fieldset,
  Group,
  NativeSelect,
  PasswordInput,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { ldapPresets } from '../../../../shared/api/directory-settings.ts';
import type { ConnectionReportView, DirectoryView } from '../../../../shared/api/directories.ts';
import { useConsoleBridge } from '../../../bridge/console-bridge.ts';
import { FailureLine } from '../../../parts/failure/failure-line.tsx';
import { fieldTestIds } from '../../../parts/forms/field-test-ids.ts';
import { useOutcome } from '../../../parts/forms/use-outcome.ts';
import { useProven } from '../../../parts/proof/use-proven.tsx';
import { useUnsaved } from '../../../parts/unsaved/unsaved.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { ConnectionReport } from './connection-report.tsx';
import {
  emptyValues,
  settingsOf,
  usualAttributes,
  valuesOf,
  type DirectoryValues,
} from './directory-values.ts';

type Form = UseFormReturnType<DirectoryValues>;
const kinds = ['active-directory', 'ldap', 'keycloak'] as const;
const encryptions = ['tls', 'start-tls'] as const;

interface DirectoryFormProps {
  /** The directory to change; null to add one. */
  readonly directory: DirectoryView | null;
  readonly onSaved: () => void;
  readonly onCancel: () => void;
}

/** Adds or changes a directory: its settings, a check of the connection, and what the check found. */
export function DirectoryForm({ directory, onSaved, onCancel }: DirectoryFormProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const { run, dialog } = useProven();
  const { message, failure, settle } = useOutcome();
  const [report, setReport] = useState<ConnectionReportView | null>(null);
  const form = useForm({
    initialValues:
      directory === null ? emptyValues() : valuesOf(directory.name, directory.enabled, directory.settings),
    enhanceGetInputProps: fieldTestIds('directory'),
  });
  useUnsaved(t('directories.title'), form.isDirty());
  const secretOf = ({ secret }: DirectoryValues) => (secret === '' ? {} : { secret });
  const save = async (values: DirectoryValues) => {
    const { name, enabled } = values;
    const settings = settingsOf(values);
    const saved = run(() =>
      directory === null
        ? bridge.directories.add({ body: { name, settings, secret: values.secret } })
        : bridge.directories.change({
            params: { directoryId: directory.id },
            body: { name, enabled, settings, ...secretOf(values) },
          }),
    );
    if (await settle(saved, () => t('directories.saved'))) onSaved();
  };
  const check = () =>
    settle(
      run(() =>
        bridge.directories.check({
          body: {
            settings: settingsOf(form.values),
            ...secretOf(form.values),
            ...(directory !== null && { directoryId: directory.id }),
          },
        }),
      ),
      (found) => {
        setReport(found);
        return t('directories.checked');
      },
    );
  const trust = (pem: string) => {
    const before = form.values.authorities.trim();
    form.setFieldValue('authorities', before === '' ? pem : `${before}\n${pem}`);
    setReport(null);
  };
  const isKeycloak = form.values.kind === 'keycloak';
  return (
    <>
      <form className="operator-form" data-testid="directory-form" onSubmit={form.onSubmit(save)}>
        <Group grow align="start">
          <NativeSelect
            label={t('directories.fields.kind')}
            disabled={directory !== null}
            data={kinds.map((value) => ({ value, label: t(`directories.kinds.${value}`) }))}
            {...form.getInputProps('kind')}
            onChange={({ currentTarget }) => {
              const kind = currentTarget.value as DirectoryValues['kind'];
              form.setValues({ kind, ...usualAttributes[kind] });
            }}
          />
          <TextInput
            label={t('directories.fields.name')}
            description={t('directories.fields.nameHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            {...form.getInputProps('name')}
          />
        </Group>
        {isKeycloak ? <KeycloakFields form={form} /> : <LdapFields form={form} />}
        <PasswordInput
          label={t(isKeycloak ? 'directories.fields.clientSecret' : 'directories.fields.secret')}
          autoComplete="off"
          {...(directory?.secretStored === true && { placeholder: t('directories.fields.secretStored') })}
          {...form.getInputProps('secret')}
        />
        <Textarea
          label={t('directories.fields.authorities')}
          description={t('directories.fields.authoritiesHint')}
          spellCheck={false}
          styles={{ input: { fontFamily: 'monospace' } }}
          autosize
          minRows={2}
          maxRows={6}
          {...form.getInputProps('authorities')}
        />
        <AttributeFields form={form} />
        {directory !== null && (
          <Checkbox
            label={t('directories.fields.enabled')}
            {...form.getInputProps('enabled', { type: 'checkbox' })}
          />
        )}
        {report !== null && <ConnectionReport report={report} onTrust={trust} />}
        <FailureLine failure={failure} />
        <Group>
          <Button type="submit" data-testid="directory-save">
            {t('directories.save')}
          </Button>
          <Button variant="default" data-testid="directory-check" onClick={() => void check()}>
            {t('directories.check')}
          </Button>
          <Button variant="subtle" color="gray" data-testid="directory-cancel" onClick={onCancel}>
            {t('directories.cancel')}
          </Button>
          <Text size="sm" role="status">
            {message}
          </Text>
        </Group>
      </form>
      {dialog}
    </>
  );
}

type TextField =
  | 'domain'
  | 'baseDn'
  | 'serviceAccount'
  | 'filter'
  | 'defaultPolicy'
  | 'url'
  | 'realm'
  | 'clientId'
  | 'userName'
  | 'displayName'
  | 'email'
  | 'phones'
  | 'employeeNumber'
  | 'department'
  | 'manager';

function Field({
  form,
  name,
  hint,
}: {
  readonly form: Form;
  readonly name: TextField;
  readonly hint?: string;
}) {
  const t = useTexts();
  return (
    <TextInput
      label={t(`directories.fields.${name}`)}
      {...(hint !== undefined && { description: hint })}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      spellCheck={false}
      {...form.getInputProps(name)}
    />
  );
}

/** A list, one entry a line. */
function Lines({
  form,
  name,
  hint,
}: {
  readonly form: Form;
  readonly name: 'servers' | 'include' | 'exclude' | 'groups' | 'privilegedGroups' | 'privilegedRoles';
  readonly hint: string;
}) {
  const t = useTexts();
  return (
    <Textarea
      label={t(`directories.fields.${name}`)}
      description={hint}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      spellCheck={false}
      autosize
      minRows={1}
      maxRows={6}
      {...form.getInputProps(name)}
    />
  );
}

function LdapFields({ form }: { readonly form: Form }) {
  const t = useTexts();
  const isActiveDirectory = form.values.kind === 'active-directory';
  return (
    <>
      <Group grow align="start">
        {isActiveDirectory ? (
          <Field form={form} name="domain" hint={t('directories.fields.domainHint')} />
        ) : (
          <NativeSelect
            label={t('directories.fields.preset')}
            data={ldapPresets.map((value) => ({ value, label: t(`directories.presets.${value}`) }))}
            {...form.getInputProps('preset')}
          />
        )}
        <NativeSelect
          label={t('directories.fields.encryption')}
          data={encryptions.map((value) => ({ value, label: t(`directories.encryptions.${value}`) }))}
          {...form.getInputProps('encryption')}
        />
      </Group>
      <Lines form={form} name="servers" hint={t('directories.fields.serversHint')} />
      <Group grow align="start">
        <Field form={form} name="baseDn" />
        <Field form={form} name="serviceAccount" />
      </Group>
      <Group grow align="start">
        <Lines form={form} name="include" hint={t('directories.fields.lines')} />
        <Lines form={form} name="exclude" hint={t('directories.fields.lines')} />
      </Group>
      <Group grow align="start">
        <Lines form={form} name="groups" hint={t('directories.fields.lines')} />
        <Lines form={form} name="privilegedGroups" hint={t('directories.fields.privilegedHint')} />
      </Group>
      <Field form={form} name="filter" />
      {!isActiveDirectory && (
        <Field form={form} name="defaultPolicy" hint={t('directories.fields.defaultPolicyHint')} />
      )}
      <Checkbox
        label={t('directories.fields.canEnable')}
        {...form.getInputProps('canEnable', { type: 'checkbox' })}
      />
    </>
  );
}

function KeycloakFields({ form }: { readonly form: Form }) {
  const t = useTexts();
  return (
    <>
      <Group grow align="start">
        <Field form={form} name="url" />
        <Field form={form} name="realm" />
        <Field form={form} name="clientId" />
      </Group>
      <Group grow align="start">
        <Lines form={form} name="privilegedRoles" hint={t('directories.fields.privilegedHint')} />
        <Lines form={form} name="privilegedGroups" hint={t('directories.fields.privilegedHint')} />
      </Group>
      <Checkbox
        label={t('directories.fields.canTryPasswords')}
        {...form.getInputProps('canTryPasswords', { type: 'checkbox' })}
      />
    </>
  );
}

function AttributeFields({ form }: { readonly form: Form }) {
  const t = useTexts();
  const isKeycloak = form.values.kind === 'keycloak';
  return (
    <Fieldset legend={t('directories.fields.attributes')}>
      <Stack gap={12}>
        {!isKeycloak && (
          <Group grow align="start">
            <Field form={form} name="userName" />
            <Field form={form} name="displayName" />
            <Field form={form} name="email" />
          </Group>
        )}
        <Group grow align="start">
          <Field form={form} name="phones" />
          <Field form={form} name="employeeNumber" />
        </Group>
        <Group grow align="start">
          <Field form={form} name="department" />
          <Field form={form} name="manager" />
        </Group>
      </Stack>
    </Fieldset>
  );
}
