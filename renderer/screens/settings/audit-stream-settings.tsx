import { Button, Checkbox, Group, NativeSelect, NumberInput, Text, TextInput } from '@mantine/core';
import { PasswordField } from '../../parts/forms/password-field.tsx';
import type { AuditStreams, StreamTarget } from '../../../shared/api/audit-stream.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { useNamedForm } from '../../parts/forms/use-named-form.ts';
import { useMarkedFields } from '../../parts/forms/marked-fields.ts';
import { ReadSection } from '../../parts/forms/read-section.tsx';
import { FormSaveBar } from '../../parts/forms/save-bar.tsx';
import { useOutcome, type Outcome } from '../../parts/forms/use-outcome.ts';
import { useProven } from '../../parts/proof/use-proven.tsx';
import { useKeptForm } from '../../parts/unsaved/use-kept-form.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { StreamState } from './stream-state.tsx';

/** Where the audit log is sent as it grows. */
export function AuditStreamSection() {
  const t = useTexts();
  const bridge = useConsoleBridge();
  return (
    <ReadSection
      title={t('audit.streams.title')}
      name="audit-streams"
      read={() => bridge.audit.streams({})}
      refetchInterval={5000}
      lead={
        <Text size="sm" c="dimmed">
          {t('audit.streams.lead')}
        </Text>
      }
    >
      {(streams, refetch) => (
        <>
          <SyslogForm streams={streams} onStored={refetch} />
          <WebhookForm streams={streams} onStored={refetch} />
        </>
      )}
    </ReadSection>
  );
}

interface StreamFormProps {
  readonly streams: AuditStreams;
  readonly onStored: () => void;
}
type Begin = 'first-event' | 'now';
const newStream: { readonly begin: Begin } = { begin: 'first-event' };

function SyslogForm({ streams, onStored }: StreamFormProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const outcome = useOutcome();
  const { run, dialog } = useProven();
  const form = useNamedForm({
    name: 'settings-syslog',
    initialValues: { ...streams.syslog, ...newStream },
  });
  useKeptForm(form, { name: 'syslog', title: t('audit.streams.syslog') });
  const unmarked = useMarkedFields(form, outcome.failure);
  const save = async ({ port, ...values }: typeof form.values) => {
    const body = { ...values, port: Number(port) };
    const changed = run(() => bridge.audit.changeSyslog({ body }));
    if (!(await outcome.settle(changed, () => t('settings.saved')))) return;
    form.resetDirty();
    onStored();
  };
  return (
    <form aria-label={t('audit.streams.syslog')} onSubmit={form.onSubmit(save)}>
      <Checkbox
        label={t('audit.streams.enabled.syslog')}
        {...form.getInputProps('enabled', { type: 'checkbox' })}
      />
      <Group grow align="flex-end">
        <TextInput label={t('audit.streams.host')} {...form.getInputProps('host')} />
        <NumberInput label={t('audit.streams.port')} min={1} max={65_535} {...form.getInputProps('port')} />
        <NativeSelect
          label={t('audit.streams.format')}
          data={(['jsonl', 'cef'] as const).map((value) => ({
            value,
            label: t(`audit.streams.formats.${value}`),
          }))}
          {...form.getInputProps('format')}
        />
        <Checkbox label={t('audit.streams.tls')} {...form.getInputProps('tls', { type: 'checkbox' })} />
      </Group>
      <StreamFormEnd
        target="syslog"
        streams={streams}
        form={form}
        outcome={outcome}
        unmarked={unmarked}
        onStored={onStored}
      />
      {dialog}
    </form>
  );
}

function WebhookForm({ streams, onStored }: StreamFormProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const outcome = useOutcome();
  const { run, dialog } = useProven();
  const form = useNamedForm({
    name: 'settings-webhook',
    initialValues: { ...streams.webhook, ...newStream, secret: '' },
  });
  useKeptForm(form, { name: 'webhook', title: t('audit.streams.webhook'), secrets: ['secret'] });
  const unmarked = useMarkedFields(form, outcome.failure);
  const save = async ({ enabled, url, begin, secret }: typeof form.values) => {
    const body = { enabled, url, begin, ...(secret !== '' && { secret }) };
    const changed = run(() => bridge.audit.changeWebhook({ body }));
    if (!(await outcome.settle(changed, () => t('settings.saved')))) return;
    form.setFieldValue('secret', '');
    form.resetDirty({ ...form.getValues(), secret: '' });
    onStored();
  };
  return (
    <form aria-label={t('audit.streams.webhook')} onSubmit={form.onSubmit(save)}>
      <Checkbox
        label={t('audit.streams.enabled.webhook')}
        {...form.getInputProps('enabled', { type: 'checkbox' })}
      />
      <Group grow align="flex-start">
        <TextInput label={t('audit.streams.url')} type="url" {...form.getInputProps('url')} />
        <PasswordField
          label={t('audit.streams.secret')}
          autoComplete="new-password"
          description={streams.webhook.secretStored ? t('audit.streams.secretStored') : null}
          {...form.getInputProps('secret')}
        />
      </Group>
      <StreamFormEnd
        target="webhook"
        streams={streams}
        form={form}
        outcome={outcome}
        unmarked={unmarked}
        onStored={onStored}
      />
      {dialog}
    </form>
  );
}

interface StreamFormEndProps extends StreamFormProps {
  readonly target: StreamTarget;
  readonly form: {
    readonly getInputProps: (field: 'begin') => object;
    readonly isDirty: () => boolean;
    readonly reset: () => void;
  };
  readonly outcome: Outcome;
  /** The failure of the last save or test, without the faults that a field shows. */
  readonly unmarked: Failure | null;
}

/** The fields, buttons and state that both targets have in common. */
function StreamFormEnd({ target, streams, form, outcome, unmarked, onStored }: StreamFormEndProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const test = async () => {
    const tested = bridge.audit.testStream({ params: { target } });
    if (await outcome.settle(tested, ({ sentSeq }) => t('audit.streams.tested', { seq: sentSeq })))
      onStored();
  };
  return (
    <>
      {streams.states[target] === null && (
        <NativeSelect
          label={t('audit.streams.begin')}
          data={(['first-event', 'now'] as const).map((value) => ({
            value,
            label: t(`audit.streams.begins.${value}`),
          }))}
          {...form.getInputProps('begin')}
        />
      )}
      <FormSaveBar name={`settings-${target}`} form={form} onDiscarded={outcome.clear}>
        <Button variant="default" data-testid={`settings-${target}-test`} onClick={() => void test()}>
          {t(`audit.streams.test.${target}`)}
        </Button>
        <Text role="status" size="sm">
          {outcome.message}
        </Text>
      </FormSaveBar>
      <StreamState streams={streams} target={target} />
      <FailureLine failure={unmarked} />
    </>
  );
}
