import { useState } from 'react';
import { Button, Checkbox, Code, Group, NativeSelect, PasswordInput, Text, TextInput } from '@mantine/core';
import { roles as allRoles, type Role } from '../../../../shared/api/operator.ts';
import type { ProviderSettings } from '../../../../shared/api/provider.ts';
import type { Value } from '../../../../shared/bridge/contract.ts';
import { useConsoleBridge } from '../../../bridge/console-bridge.ts';
import { FailureLine } from '../../../parts/failure/failure-line.tsx';
import { useProven } from '../../../parts/proof/use-proven.tsx';
import { ReadSection } from '../../../parts/forms/read-section.tsx';
import { useOutcome } from '../../../parts/forms/use-outcome.ts';
import { useTexts } from '../../../texts/use-texts.ts';

type Stored = Value<'provider', 'get'>;

/** Sign-in with an identity provider: what is known of it, with a test. */
export function ProviderSection() {
  const t = useTexts();
  const bridge = useConsoleBridge();
  return (
    <ReadSection title={t('operators.provider.title')} name="provider" read={() => bridge.provider.get({})}>
      {(stored, readAgain) => <ProviderForm stored={stored} onStored={readAgain} />}
    </ReadSection>
  );
}

/** One value for each role is what desks use; more stay as they were stored. */
const valueFor = (roles: ProviderSettings['roles'], role: Role): string =>
  roles.find((entry) => entry.role === role)?.value ?? '';
const withValue = (roles: ProviderSettings['roles'], role: Role, value: string) => {
  const at = roles.findIndex((entry) => entry.role === role);
  if (at < 0) return value === '' ? roles : [...roles, { value, role }];
  return value === '' ? roles.toSpliced(at, 1) : roles.with(at, { value, role });
};

function ProviderForm({ stored, onStored }: { readonly stored: Stored; readonly onStored: () => void }) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const { run, dialog } = useProven();
  const [form, setForm] = useState(stored);
  const [secret, setSecret] = useState('');
  const { note, failure, settle } = useOutcome();
  const change = (part: Partial<ProviderSettings>) => setForm((before) => ({ ...before, ...part }));
  const save = async () => {
    const { secretStored: _stored, redirectUri: _uri, ...settings } = form;
    const changed = run(() =>
      bridge.provider.change({ body: { ...settings, ...(secret !== '' && { secret }) } }),
    );
    if (!(await settle(changed, () => t('operators.provider.saved')))) return;
    setSecret('');
    onStored();
  };
  const test = () =>
    settle(bridge.provider.test({}), ({ issuer, pkce }) =>
      t(pkce ? 'operators.provider.tested' : 'operators.provider.noPkce', { issuer }),
    );
  const text = (
    name: 'name' | 'issuer' | 'clientId' | 'scopes' | 'userNameClaim' | 'rolesClaim',
    description?: string,
  ) => (
    <TextInput
      label={t(`operators.provider.${name}`)}
      {...(description !== undefined && { description })}
      spellCheck={false}
      value={form[name]}
      onChange={(event) => change({ [name]: event.currentTarget.value })}
    />
  );
  return (
    <>
      <form
        className="operator-form"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Text size="sm">
          {t('operators.provider.lead')} <Code>{stored.redirectUri}</Code>
        </Text>
        <Checkbox
          label={t('operators.provider.enabled')}
          checked={form.enabled}
          onChange={(event) => change({ enabled: event.currentTarget.checked })}
        />
        <Group grow align="start">
          {text('name')}
          {text('issuer')}
        </Group>
        <Group grow align="start">
          {text('clientId')}
          <PasswordInput
            label={t('operators.provider.secret')}
            {...(stored.secretStored && { placeholder: t('operators.provider.secretStored') })}
            autoComplete="off"
            value={secret}
            onChange={(event) => setSecret(event.currentTarget.value)}
          />
        </Group>
        <Group grow align="start">
          {text('scopes')}
          {text('userNameClaim')}
        </Group>
        {text('rolesClaim', t('operators.provider.rolesClaimHint'))}
        {form.rolesClaim !== '' && (
          <div className="role-list">
            {allRoles.map((role) => (
              <TextInput
                key={role}
                label={t('operators.provider.map', { role: t(`operators.roles.${role}`) })}
                spellCheck={false}
                value={valueFor(form.roles, role)}
                onChange={(event) =>
                  change({ roles: withValue(form.roles, role, event.currentTarget.value) })
                }
              />
            ))}
          </div>
        )}
        <Group grow align="start">
          <NativeSelect
            label={t('operators.provider.matchBy')}
            value={form.matchBy}
            onChange={(event) => {
              const { value } = event.currentTarget;
              change({
                matchBy:
                  (['nothing', 'user-name', 'email'] as const).find((one) => one === value) ?? 'nothing',
              });
            }}
            data={(['nothing', 'user-name', 'email'] as const).map((value) => ({
              value,
              label: t(`operators.provider.match.${value}`),
            }))}
          />
          <NativeSelect
            label={t('operators.provider.secondFactor')}
            value={form.secondFactor}
            onChange={(event) =>
              change({ secondFactor: event.currentTarget.value === 'provider' ? 'provider' : 'here' })
            }
            data={(['here', 'provider'] as const).map((value) => ({
              value,
              label: t(`operators.provider.where.${value}`),
            }))}
          />
        </Group>
        <Checkbox
          label={t('operators.provider.create')}
          checked={form.create}
          onChange={(event) => change({ create: event.currentTarget.checked })}
        />
        <FailureLine failure={failure} />
        <Group>
          <Button type="submit">{t('operators.provider.save')}</Button>
          <Button variant="default" onClick={() => void test()}>
            {t('operators.provider.test')}
          </Button>
          <Text size="sm" role="status">
            {note}
          </Text>
        </Group>
      </form>
      {dialog}
    </>
  );
}
