import { useState } from 'react';
import { Button, Group, NativeSelect, NumberInput, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { PolicyDocument, PolicyView } from '../../shared/api/policy.ts';
import { presetNames } from '../../shared/password-policy/policy.ts';
import type { Failure } from '../../shared/errors/result.ts';
import { clockWords } from '../clock/clock-words.ts';
import { failureOf, useConsoleBridge, valueOf } from '../bridge/console-bridge.ts';
import { useWords } from '../texts/use-words.ts';
import { FailureLine } from '../failure/failure-line.tsx';
import { ContactFields } from './contact-settings.tsx';
import { RequiredResetFields } from './required-reset-fields.tsx';
import { PolicyHistory } from './policy-history.tsx';
import { PolicyTrial } from './policy-trial.tsx';
import { VerificationFields } from './verification-fields.tsx';
import { SettingsSection } from './settings-section.tsx';

/** The policy in force; an administrator may change it within its floors and ceilings. */
export function PolicySettingsSection({ mayChange }: { readonly mayChange: boolean }) {
  const words = useWords();
  const bridge = useConsoleBridge();
  const query = useQuery({
    queryKey: ['settings', 'policy'],
    queryFn: () => valueOf(bridge.settings.policy({})),
    retry: false,
  });
  return (
    <SettingsSection title={words('settings.policy.title')}>
      <FailureLine failure={failureOf(query.error)} />
      {query.isPending && <Skeleton height={160} aria-label={words('settings.loading')} />}
      {query.data !== undefined && (
        <PolicyForm
          key={query.data.version}
          view={query.data}
          mayChange={mayChange}
          onChanged={() => void query.refetch()}
        />
      )}
    </SettingsSection>
  );
}

interface PolicyFormProps {
  readonly view: PolicyView;
  readonly mayChange: boolean;
  readonly onChanged: () => void;
}

function PolicyForm({ view, mayChange, onChanged }: PolicyFormProps) {
  const words = useWords();
  const bridge = useConsoleBridge();
  const [form, setForm] = useState<PolicyDocument>(view.document);
  const [failure, setFailure] = useState<Failure | null>(null);
  const changed = mayChange && JSON.stringify(form) !== JSON.stringify(view.document);
  const save = async () => {
    const result = await bridge.settings.changePolicy({ body: { basedOn: view.version, document: form } });
    setFailure(result.ok ? null : result.failure);
    if (result.ok) onChanged();
  };
  const field = (name: 'ticket' | 'reason') => (
    <NativeSelect
      label={words(`settings.policy.${name}`)}
      value={form.caseFields[name]}
      onChange={(event) =>
        setForm({
          ...form,
          caseFields: {
            ...form.caseFields,
            [name]: event.currentTarget.value === 'required' ? 'required' : 'optional',
          },
        })
      }
      data={(['optional', 'required'] as const).map((value) => ({
        value,
        label: words(`settings.policy.${value}`),
      }))}
    />
  );
  const amount = (
    name: string,
    value: number,
    unit: number,
    floor: number,
    ceiling: number,
    set: (value: number) => PolicyDocument,
  ) => (
    <NumberInput
      label={words(`settings.policy.${name}`)}
      min={floor}
      max={ceiling}
      allowDecimal={unit > 1}
      value={value / unit}
      onChange={(typed) => typed !== '' && setForm(set(Math.round(Number(typed) * unit)))}
    />
  );
  const choice = <T extends string>(
    name: string,
    value: T,
    values: readonly T[],
    set: (value: T) => PolicyDocument,
  ) => (
    <NativeSelect
      label={words(`settings.policy.${name}`)}
      value={value}
      onChange={({ currentTarget }) => {
        const chosen = values.find((one) => one === currentTarget.value);
        if (chosen !== undefined) setForm(set(chosen));
      }}
      data={values.map((one) => ({ value: one, label: words(`settings.policy.${name}s.${one}`) }))}
    />
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Text size="sm" c="dimmed">
        {view.version === 1
          ? words('settings.policy.original')
          : words('settings.policy.version', { version: view.version, time: clockWords(view.changedAt) })}
      </Text>
      <Group grow>
        {field('ticket')}
        {field('reason')}
      </Group>
      <Group grow>
        {amount('codeValid', form.code.validFor, 60, 1, 10, (validFor) => ({
          ...form,
          code: { ...form.code, validFor },
        }))}
        {amount('idle', form.case.idle, 60, 1, 1440, (idle) => ({ ...form, case: { idle } }))}
      </Group>
      <Group grow>
        {amount('temporaryValid', form.temporaryPassword.validFor, 60, 5, 1440, (validFor) => ({
          ...form,
          temporaryPassword: { ...form.temporaryPassword, validFor },
        }))}
        {amount('linkValid', form.resetLink.validFor, 3600, 1, 24, (validFor) => ({
          ...form,
          resetLink: { validFor },
        }))}
      </Group>
      <Group grow>
        {choice('preset', form.passwords.preset, presetNames, (preset) => ({
          ...form,
          passwords: { ...form.passwords, preset },
        }))}
        {choice('style', form.temporaryPassword.style, ['groups', 'words'], (style) => ({
          ...form,
          temporaryPassword: { ...form.temporaryPassword, style },
        }))}
      </Group>
      <VerificationFields form={form} onChange={setForm} />
      <RequiredResetFields form={form} onChange={setForm} />
      <ContactFields form={form} onChange={setForm} />
      <NativeSelect
        label={words('settings.policy.secondFactor')}
        description={words('settings.policy.secondFactorHint')}
        value={form.operatorSession.secondFactor}
        onChange={(event) =>
          setForm({
            ...form,
            operatorSession: {
              ...form.operatorSession,
              secondFactor: event.currentTarget.value === 'optional' ? 'optional' : 'required',
            },
          })
        }
        data={(['required', 'optional'] as const).map((value) => ({
          value,
          label: words(`settings.policy.${value}`),
        }))}
      />
      <FailureLine failure={failure} />
      {changed && <PolicyTrial document={form} />}
      {mayChange && (
        <Button type="submit" mt={12} disabled={!changed}>
          {words('settings.policy.save')}
        </Button>
      )}
      <PolicyHistory version={view.version} />
    </form>
  );
}
