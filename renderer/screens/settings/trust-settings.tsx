import { List, Text } from '@mantine/core';
import { PasswordField } from '../../parts/forms/password-field.tsx';
import type { CertificateView } from '../../../shared/api/trust.ts';
import type { Value } from '../../../shared/bridge/contract.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { useNamedForm } from '../../parts/forms/use-named-form.ts';
import { useMarkedFields } from '../../parts/forms/marked-fields.ts';
import { PemField } from '../../parts/forms/pem-field.tsx';
import { ReadSection } from '../../parts/forms/read-section.tsx';
import { FormSaveBar } from '../../parts/forms/save-bar.tsx';
import { useOutcome } from '../../parts/forms/use-outcome.ts';
import { useProven } from '../../parts/proof/use-proven.tsx';
import { useKeptForm } from '../../parts/unsaved/use-kept-form.ts';
import { useTexts } from '../../texts/use-texts.ts';

type Stored = Value<'settings', 'trust'>;

/** The certificates with which the server connects to other servers. */
export function TrustSettingsSection() {
  const t = useTexts();
  const bridge = useConsoleBridge();
  return (
    <ReadSection
      title={t('settings.trust.title')}
      name="trust"
      read={() => bridge.settings.trust({})}
      lead={
        <Text size="sm" c="dimmed">
          {t('settings.trust.lead')}
        </Text>
      }
    >
      {(stored, refetch) => <TrustForm stored={stored} onStored={refetch} />}
    </ReadSection>
  );
}

function TrustForm({ stored, onStored }: { readonly stored: Stored; readonly onStored: () => void }) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const { run, dialog } = useProven();
  const { message, failure, settle, clear } = useOutcome();
  const form = useNamedForm({
    name: 'settings-trust',
    initialValues: {
      authorities: stored.authorities,
      clientCertificate: stored.clientCertificate,
      clientKey: '',
    },
  });
  useKeptForm(form, { name: 'trust', title: t('settings.trust.title'), secrets: ['clientKey'] });
  const unmarked = useMarkedFields(form, failure);
  const save = async ({ authorities, clientCertificate, clientKey }: typeof form.values) => {
    const changed = run(() =>
      bridge.settings.changeTrust({
        body: { authorities, clientCertificate, ...(clientKey !== '' && { clientKey }) },
      }),
    );
    if (!(await settle(changed, () => t('settings.saved')))) return;
    form.setFieldValue('clientKey', '');
    form.resetDirty({ ...form.getValues(), clientKey: '' });
    onStored();
  };
  const { authorities, client } = stored.certificates;
  return (
    <>
      <form onSubmit={form.onSubmit(save)}>
        <PemField
          label={t('settings.trust.authorities')}
          description={t('settings.trust.authoritiesHint')}
          {...form.getInputProps('authorities')}
        />
        <CertificateList certificates={authorities} />
        <PemField
          label={t('settings.trust.clientCertificate')}
          description={t('settings.trust.clientCertificateHint')}
          mt={12}
          {...form.getInputProps('clientCertificate')}
        />
        <CertificateList certificates={client === null ? [] : [client]} />
        <PasswordField
          label={t('settings.trust.clientKey')}
          description={t(
            stored.clientKeyStored ? 'settings.trust.clientKeyStored' : 'settings.trust.clientKeyHint',
          )}
          autoComplete="off"
          mt={12}
          {...form.getInputProps('clientKey')}
        />
        <FormSaveBar name="settings-trust" form={form} onDiscarded={clear} />
        <Text role="status" size="sm" mih={20}>
          {message}
        </Text>
        <FailureLine failure={unmarked} />
      </form>
      {dialog}
    </>
  );
}

/** The certificates in the stored PEM text. */
function CertificateList({ certificates }: { readonly certificates: readonly CertificateView[] }) {
  const t = useTexts();
  if (certificates.length === 0) return null;
  return (
    <List size="sm" mt={4}>
      {certificates.map(({ subject, validUntil, hasExpired, fingerprint }) => (
        <List.Item key={fingerprint}>
          {t(hasExpired ? 'settings.trust.expired' : 'settings.trust.certificate', {
            subject,
            until: validUntil.slice(0, 10),
          })}
        </List.Item>
      ))}
    </List>
  );
}
