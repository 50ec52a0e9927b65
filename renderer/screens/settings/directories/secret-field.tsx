import { PasswordInput, Textarea } from '@mantine/core';
import { useTexts } from '../../../texts/use-texts.ts';
import type { Form } from './directory-fields.tsx';

/** The secret of the service account: a password, a client secret, or a private key of several lines. */
export function SecretField({ form, isStored }: { readonly form: Form; readonly isStored: boolean }) {
  const t = useTexts();
  const { kind, credential } = form.values;
  const isKey = kind === 'entra' && credential === 'certificate';
  const label = kind === 'keycloak' || kind === 'entra' ? 'clientSecret' : 'secret';
  const props = {
    autoComplete: 'off',
    ...(isStored && { placeholder: t('directories.fields.secretStored') }),
    ...form.getInputProps('secret'),
  };
  return isKey ? (
    <Textarea
      label={t('directories.fields.privateKey')}
      description={t('directories.fields.privateKeyHint')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      spellCheck={false}
      rows={3}
      styles={{ input: { fontFamily: 'monospace', WebkitTextSecurity: 'disc' } }}
      {...props}
    />
  ) : (
    <PasswordInput label={t(`directories.fields.${label}`)} {...props} />
  );
}
