import { Checkbox, Group, NativeSelect } from '@mantine/core';
import { entraClouds } from '../../../../shared/api/directory-settings.ts';
import { PemField } from '../../../parts/forms/pem-field.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { Field, Lines, type Form } from './directory-fields.tsx';

const credentials = ['certificate', 'secret'] as const;

/** The tenant of Microsoft Entra ID, the application and what it may do. The secret or the private key is a field of every kind. */
export function EntraFields({ form }: { readonly form: Form }) {
  const t = useTexts();
  return (
    <>
      <Group grow align="start">
        <Field form={form} name="tenant" hint={t('directories.fields.tenantHint')} />
        <Field form={form} name="clientId" />
        <NativeSelect
          label={t('directories.fields.cloud')}
          data={entraClouds.map((value) => ({ value, label: t(`directories.clouds.${value}`) }))}
          {...form.getInputProps('cloud')}
        />
      </Group>
      <Group grow align="start">
        <Field form={form} name="signInUrl" hint={t('directories.fields.ownUrlHint')} />
        <Field form={form} name="graphUrl" hint={t('directories.fields.ownUrlHint')} />
      </Group>
      <NativeSelect
        label={t('directories.fields.credential')}
        data={credentials.map((value) => ({ value, label: t(`directories.credentials.${value}`) }))}
        {...form.getInputProps('credential')}
      />
      {form.values.credential === 'certificate' && (
        <PemField
          label={t('directories.fields.certificate')}
          description={t('directories.fields.certificateHint')}
          {...form.getInputProps('certificate')}
        />
      )}
      <Lines form={form} name="privilegedGroups" hint={t('directories.fields.privilegedObjectsHint')} />
      <Checkbox
        label={t('directories.fields.canEnableEntra')}
        {...form.getInputProps('canEnable', { type: 'checkbox' })}
      />
      <Checkbox
        label={t('directories.fields.givesPasses')}
        {...form.getInputProps('givesPasses', { type: 'checkbox' })}
      />
      <Checkbox
        label={t('directories.fields.removesMethods')}
        {...form.getInputProps('removesMethods', { type: 'checkbox' })}
      />
      <Checkbox
        label={t('directories.fields.writesBack')}
        {...form.getInputProps('writesBack', { type: 'checkbox' })}
      />
    </>
  );
}
