import { Checkbox, Fieldset, Group, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { ldapPresets } from '../../../../shared/api/directory-settings.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import type { DirectoryValues } from './directory-values.ts';

export type Form = UseFormReturnType<DirectoryValues>;
const encryptions = ['tls', 'start-tls'] as const;

type TextField =
  | 'tenant'
  | 'signInUrl'
  | 'graphUrl'
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

export function Field({
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

/** A list with one entry per line. */
export function Lines({
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

export function LdapFields({ form }: { readonly form: Form }) {
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
        <Lines form={form} name="exclude" hint={t('directories.fields.excludeHint')} />
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

export function KeycloakFields({ form }: { readonly form: Form }) {
  const t = useTexts();
  return (
    <>
      <Group grow align="start">
        <Field form={form} name="url" />
        <Field form={form} name="realm" />
        <Field form={form} name="clientId" />
      </Group>
      <Group grow align="start">
        <Lines form={form} name="privilegedRoles" hint={t('directories.fields.privilegedRolesHint')} />
        <Lines form={form} name="privilegedGroups" hint={t('directories.fields.privilegedHint')} />
      </Group>
      <Checkbox
        label={t('directories.fields.canTryPasswords')}
        {...form.getInputProps('canTryPasswords', { type: 'checkbox' })}
      />
    </>
  );
}

export function AttributeFields({ form }: { readonly form: Form }) {
  const t = useTexts();
  const isKeycloak = form.values.kind === 'keycloak';
  return (
    <Fieldset m={0} legend={t('directories.fields.attributes')}>
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
