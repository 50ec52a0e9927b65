import { Alert, Button, Checkbox, Code, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { PasswordField } from '../../../parts/forms/password-field.tsx';
import type { UseFormReturnType } from '@mantine/form';
import type { Value } from '../../../../shared/bridge/contract.ts';
import { useConsoleBridge } from '../../../bridge/console-bridge.ts';
import { FailureLine } from '../../../parts/failure/failure-line.tsx';
import { useNamedForm } from '../../../parts/forms/use-named-form.ts';
import { useMarkedFields } from '../../../parts/forms/marked-fields.ts';
import { useProven } from '../../../parts/proof/use-proven.tsx';
import { ReadSection } from '../../../parts/forms/read-section.tsx';
import { FormSaveBar } from '../../../parts/forms/save-bar.tsx';
import { useOutcome } from '../../../parts/forms/use-outcome.ts';
import { useKeptForm } from '../../../parts/unsaved/use-kept-form.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { RoleLines, roleEntriesOf, roleTextsOf, type RoleTexts } from './role-lines.tsx';

type Stored = Value<'provider', 'get'>;

const matches = ['nothing', 'user-name', 'email'] as const;
const secondFactors = ['here', 'provider'] as const;

/** Sign-in with an identity provider: its settings, and a test. */
export function ProviderSection() {
  const t = useTexts();
  const bridge = useConsoleBridge();
  return (
    <ReadSection title={t('operators.provider.title')} name="provider" read={() => bridge.provider.get({})}>
      {(stored, refetch) => <ProviderForm stored={stored} onStored={refetch} />}
    </ReadSection>
  );
}

function ProviderForm({ stored, onStored }: { readonly stored: Stored; readonly onStored: () => void }) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const { run, dialog } = useProven();
  const { message, failure, settle, clear } = useOutcome();
  const { roles, ...settings } = stored;
  const form = useNamedForm({
    name: 'settings-provider',
    initialValues: { ...settings, roleTexts: roleTextsOf(roles, ({ value }) => value), secret: '' },
  });
  useKeptForm(form, { name: 'provider', title: t('operators.provider.title'), secrets: ['secret'] });
  const unmarked = useMarkedFields(form, failure, {
    labels: { roles: t('operators.provider.claimValues') },
  });
  const save = async (values: typeof form.values) => {
    const {
      secretStored: _stored,
      redirectUri: _uri,
      backChannelLogoutUri: _logoutUri,
      linkedElsewhere: _linked,
      secret,
      roleTexts,
      ...kept
    } = values;
    const entries = roleEntriesOf(roleTexts).map(({ text: value, role }) => ({ value, role }));
    const changed = run(() =>
      bridge.provider.change({ body: { ...kept, roles: entries, ...(secret !== '' && { secret }) } }),
    );
    if (!(await settle(changed, () => t('operators.provider.saved')))) return;
    form.setFieldValue('secret', '');
    form.resetDirty({ ...form.getValues(), secret: '' });
    onStored();
  };
  const test = () =>
    settle(bridge.provider.test({}), ({ issuer, pkce, client }) => {
      if (!pkce) return t('operators.provider.noPkce', { issuer });
      return t(client === 'accepted' ? 'operators.provider.tested' : 'operators.provider.clientUnknown', {
        issuer,
      });
    });
  const unlinkOthers = async () => {
    const unlinked = run(() => bridge.provider.unlinkOtherIssuers({}));
    const done = await settle(unlinked, ({ unlinked: count }) => t('operators.provider.unlinked', { count }));
    if (done) onStored();
  };
  return (
    <>
      <form className="operator-form" onSubmit={form.onSubmit(save)}>
        <Text size="sm">
          {t('operators.provider.lead')} <Code>{stored.redirectUri}</Code>
        </Text>
        <Text size="sm">
          {t('operators.provider.logoutLead')} <Code>{stored.backChannelLogoutUri}</Code>
        </Text>
        <ProviderFields form={form} secretStored={stored.secretStored} />
        {stored.linkedElsewhere > 0 && (
          <Alert variant="light" data-testid="settings-provider-linked-elsewhere">
            <Text size="sm">{t('operators.provider.elsewhere', { count: stored.linkedElsewhere })}</Text>
            <Button
              variant="default"
              size="xs"
              mt={8}
              data-testid="settings-provider-unlink-others"
              onClick={() => void unlinkOthers()}
            >
              {t('operators.provider.unlinkOthers')}
            </Button>
          </Alert>
        )}
        <FailureLine failure={unmarked} />
        <FormSaveBar name="settings-provider" form={form} onDiscarded={clear}>
          <Button variant="default" data-testid="settings-provider-test" onClick={() => void test()}>
            {t('operators.provider.test')}
          </Button>
          <Text size="sm" role="status" data-testid="settings-provider-message">
            {message}
          </Text>
        </FormSaveBar>
      </form>
      {dialog}
    </>
  );
}

interface FieldsProps {
  readonly form: UseFormReturnType<Omit<Stored, 'roles'> & { roleTexts: RoleTexts; secret: string }>;
  readonly secretStored: boolean;
}

function ProviderFields({ form, secretStored }: FieldsProps) {
  const t = useTexts();
  const text = (name: 'name' | 'issuer' | 'clientId' | 'scopes' | 'userNameClaim' | 'rolesClaim') => (
    <TextInput label={t(`operators.provider.${name}`)} spellCheck={false} {...form.getInputProps(name)} />
  );
  return (
    <>
      <Checkbox
        label={t('operators.provider.enabled')}
        {...form.getInputProps('enabled', { type: 'checkbox' })}
      />
      <Group grow align="start">
        {text('name')}
        {text('issuer')}
      </Group>
      <Group grow align="start">
        {text('clientId')}
        <PasswordField
          label={t('operators.provider.secret')}
          {...(secretStored && { placeholder: t('operators.provider.secretStored') })}
          autoComplete="off"
          {...form.getInputProps('secret')}
        />
      </Group>
      <Group grow align="start">
        {text('scopes')}
        {text('userNameClaim')}
      </Group>
      <TextInput
        label={t('operators.provider.rolesClaim')}
        description={t('operators.provider.rolesClaimHint')}
        spellCheck={false}
        {...form.getInputProps('rolesClaim')}
      />
      {form.values.rolesClaim !== '' && (
        <RoleLines
          name="settings-provider-role"
          labelOf={(role) => t('operators.provider.map', { role })}
          texts={form.values.roleTexts}
          onChange={(texts) => form.setFieldValue('roleTexts', texts)}
        />
      )}
      <Group grow align="start">
        <NativeSelect
          label={t('operators.provider.matchBy')}
          data={matches.map((value) => ({ value, label: t(`operators.provider.match.${value}`) }))}
          {...form.getInputProps('matchBy')}
        />
        <NativeSelect
          label={t('operators.provider.secondFactor')}
          data={secondFactors.map((value) => ({ value, label: t(`operators.provider.where.${value}`) }))}
          {...form.getInputProps('secondFactor')}
        />
      </Group>
      <TextInput
        label={t('operators.provider.userNameDomains')}
        description={t('operators.provider.userNameDomainsHint')}
        spellCheck={false}
        {...form.getInputProps('userNameDomains')}
      />
      <Checkbox
        label={t('operators.provider.emailIsVerified')}
        {...form.getInputProps('emailIsVerified', { type: 'checkbox' })}
      />
      <Checkbox
        label={t('operators.provider.create')}
        {...form.getInputProps('create', { type: 'checkbox' })}
      />
    </>
  );
}
