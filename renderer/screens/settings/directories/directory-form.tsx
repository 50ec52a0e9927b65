import { useState } from 'react';
import { Button, Checkbox, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import type { ConnectionReportView, DirectoryView } from '../../../../shared/api/directories.ts';
import { useConsoleBridge } from '../../../bridge/console-bridge.ts';
import { FailureLine } from '../../../parts/failure/failure-line.tsx';
import { useNamedForm } from '../../../parts/forms/use-named-form.ts';
import { useMarkedFields } from '../../../parts/forms/marked-fields.ts';
import { PemField } from '../../../parts/forms/pem-field.tsx';
import type { Outcome } from '../../../parts/forms/use-outcome.ts';
import { useProven } from '../../../parts/proof/use-proven.tsx';
import { useKeptForm } from '../../../parts/unsaved/use-kept-form.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { ConnectionReport } from './connection-report.tsx';
import { AttributeFields, KeycloakFields, LdapFields } from './directory-fields.tsx';
import { EntraFields } from './entra-fields.tsx';
import { SecretField } from './secret-field.tsx';
import {
  emptyValues,
  settingsOf,
  usualAttributes,
  valuesOf,
  type DirectoryValues,
} from './directory-values.ts';

const kinds = ['active-directory', 'ldap', 'keycloak', 'entra'] as const;

interface DirectoryFormProps {
  /** The directory to change; null to add one. */
  readonly directory: DirectoryView | null;
  /** The outcome of the list, because the form closes when the directory is saved. */
  readonly outcome: Outcome;
  readonly onSaved: () => void;
  readonly onCancel: () => void;
}

/** Adds or changes a directory: its settings, a check of the connection, and the result of the check. */
export function DirectoryForm({ directory, outcome, onSaved, onCancel }: DirectoryFormProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const { run, dialog } = useProven();
  const { message, failure, settle } = outcome;
  const [report, setReport] = useState<ConnectionReportView | null>(null);
  const form = useNamedForm({
    name: 'directory',
    initialValues:
      directory === null ? emptyValues() : valuesOf(directory.name, directory.enabled, directory.settings),
  });
  useKeptForm(form, {
    name: `directory ${directory?.id ?? 'new'}`,
    title: t('directories.title'),
    secrets: ['secret'],
  });
  const unmarked = useMarkedFields(form, failure);
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
  const { kind } = form.values;
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
              const chosen = currentTarget.value as DirectoryValues['kind'];
              form.setValues({ kind: chosen, ...usualAttributes[chosen] });
            }}
          />
          <TextInput
            label={t('directories.fields.name')}
            description={t('directories.fields.nameHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            {...form.getInputProps('name')}
          />
        </Group>
        {kind === 'entra' && <EntraFields form={form} />}
        {kind === 'keycloak' && <KeycloakFields form={form} />}
        {(kind === 'active-directory' || kind === 'ldap') && <LdapFields form={form} />}
        <SecretField form={form} isStored={directory?.secretStored === true} />
        <PemField
          label={t('directories.fields.authorities')}
          description={t('directories.fields.authoritiesHint')}
          {...form.getInputProps('authorities')}
        />
        {kind !== 'entra' && <AttributeFields form={form} />}
        {directory !== null && (
          <Checkbox
            label={t('directories.fields.enabled')}
            {...form.getInputProps('enabled', { type: 'checkbox' })}
          />
        )}
        {report !== null && <ConnectionReport kind={kind} report={report} onTrust={trust} />}
        <FailureLine failure={unmarked} />
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
