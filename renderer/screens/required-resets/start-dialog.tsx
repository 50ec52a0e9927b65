import { useRef, useState, type SubmitEvent } from 'react';
import { Button, Group, Modal, Text, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { Audience, RequiredResetView } from '../../../shared/api/required-reset.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { useProven } from '../../parts/proof/use-proven.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { AudienceCount } from './audience-count.tsx';
import { AudienceFields } from './audience-fields.tsx';
import { useAudiencePreview } from './use-audience-preview.ts';

const twoWeeks = 14 * 24 * 3_600_000;
const dateOf = (at: number): string => {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 10);
};
/** The end of a day, where the operator is; null for no day. */
const endOf = (date: string): string | null => {
  const end = new Date(`${date}T23:59:59`);
  return Number.isNaN(end.getTime()) ? null : end.toISOString();
};

interface StartDialogProps {
  readonly onClose: () => void;
  readonly onStarted: (started: RequiredResetView) => void;
}

/** Who has to choose a new password, why and by when; with the number of accounts and the mail as it will be. */
export function StartDialog({ onClose, onStarted }: StartDialogProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const proven = useProven();
  // Kept for as long as the dialog is open, so that a press whose answer was lost starts nothing twice.
  const id = useRef(crypto.randomUUID());
  const [audience, setAudience] = useState<Audience | null>(null);
  const [reason, setReason] = useState('');
  const [today] = useState(() => dateOf(Date.now()));
  const [due, setDue] = useState(() => dateOf(Date.now() + twoWeeks));
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
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
  const ready =
    audience !== null && dueAt !== null && reason.trim() !== '' && accounts > 0 && !preview.found?.tooMany;
  const start = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!ready) return;
    setBusy(true);
    const body = { id: id.current, audience, reason, dueAt };
    const result = await proven.run(() => bridge.requiredResets.start({ body }));
    setBusy(false);
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
        <form className="required-form" onSubmit={(event) => void start(event)}>
          <AudienceFields onChange={setAudience} />
          <AudienceCount preview={preview} />
          <Textarea
            label={t('requiredResets.form.reason')}
            required
            withAsterisk={false}
            maxLength={300}
            autosize
            minRows={2}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <TextInput
            type="date"
            label={t('requiredResets.form.due')}
            required
            withAsterisk={false}
            min={today}
            className="required-date"
            value={due}
            onChange={(event) => setDue(event.currentTarget.value)}
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
            <Button type="submit" loading={busy} disabled={!ready}>
              {t('requiredResets.form.start', { count: accounts })}
            </Button>
          </Group>
        </form>
      </Modal>
      {proven.dialog}
    </>
  );
}
