import { useState } from 'react';
import { Button, Group, Modal, Text, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { Audience, RequiredResetView } from '../../../shared/api/required-reset.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { useNamedForm } from '../../parts/forms/use-named-form.ts';
import { useProven } from '../../parts/proof/use-proven.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { AudienceCount } from './audience-count.tsx';
import { AudienceFields } from './audience-fields.tsx';
import { useAudiencePreview } from './use-audience-preview.ts';

const twoWeeksMs = 14 * 24 * 3_600_000;
const dateOf = (at: number): string => {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 10);
};
/** The end of a day in the operator's time zone; null for an invalid date. */
const endOf = (date: string): string | null => {
  const end = new Date(`${date}T23:59:59`);
  return Number.isNaN(end.getTime()) ? null : end.toISOString();
};

interface StartDialogProps {
  readonly onClose: () => void;
  readonly onStarted: (started: RequiredResetView) => void;
}

/** Starts a required reset: the audience, the reason and the due date, with a preview of the mail. */
export function StartDialog({ onClose, onStarted }: StartDialogProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const proven = useProven();
  // One id for as long as the dialog is open: submitting again after a lost answer starts nothing twice.
  const [id] = useState(() => crypto.randomUUID());
  const [openedAt] = useState(() => Date.now());
  const [failure, setFailure] = useState<Failure | null>(null);
  const form = useNamedForm({
    name: 'required-resets',
    initialValues: {
      audience: null as Audience | null,
      reason: '',
      due: dateOf(openedAt + twoWeeksMs),
    },
  });
  const { audience, reason, due } = form.values;
  const preview = useAudiencePreview(audience);
  const dueAt = endOf(due);
  const [mailReason] = useDebouncedValue(reason, 300);
  const mail = useQuery({
    queryKey: ['required-resets', 'mail', mailReason, dueAt],
    queryFn: () =>
      valueOf(bridge.requiredResets.previewMail({ body: { reason: mailReason, dueAt: dueAt ?? '' } })),
    enabled: dueAt !== null,
    placeholderData: (before) => before,
  });
  const accounts = preview.found?.accounts ?? 0;
  const isReady =
    audience !== null && dueAt !== null && reason.trim() !== '' && accounts > 0 && !preview.found?.tooMany;
  const start = async () => {
    if (!isReady) return;
    const body = { id, audience, reason, dueAt };
    const result = await proven.run(() => bridge.requiredResets.start({ body }));
    setFailure(result.ok ? null : result.failure);
    if (result.ok) onStarted(result.value);
  };
  return (
    <>
      <Modal
        opened
        size={720}
        onClose={onClose}
        title={t('requiredResets.form.title')}
        withCloseButton={false}
      >
        <form className="required-form" onSubmit={form.onSubmit(start)}>
          <AudienceFields onChange={(chosen) => form.setFieldValue('audience', chosen)} />
          <AudienceCount preview={preview} />
          <Textarea
            label={t('requiredResets.form.reason')}
            required
            withAsterisk={false}
            maxLength={300}
            autosize
            minRows={2}
            {...form.getInputProps('reason')}
          />
          <TextInput
            type="date"
            label={t('requiredResets.form.due')}
            required
            withAsterisk={false}
            min={dateOf(openedAt)}
            className="required-date"
            {...form.getInputProps('due')}
          />
          {mail.data !== undefined && (
            <div className="step">
              <Text size="xs" c="dimmed">
                {t('requiredResets.form.mailHint')}
              </Text>
              <Text fw={600} mt={4}>
                <bdi>{mail.data.subject}</bdi>
              </Text>
              <div
                className="required-mail"
                data-testid="required-resets-mail"
                tabIndex={0}
                role="region"
                aria-label={t('requiredResets.form.mail')}
              >
                {mail.data.text}
              </div>
            </div>
          )}
          <FailureLine failure={failure} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('requiredResets.form.cancel')}
            </Button>
            <Button
              type="submit"
              loading={form.submitting}
              disabled={!isReady}
              data-testid="required-resets-submit"
            >
              {t('requiredResets.form.start', { count: accounts })}
            </Button>
          </Group>
        </form>
      </Modal>
      {proven.dialog}
    </>
  );
}
