import { useRef, useState } from 'react';
import { Button, Chip, Group, Modal, Text, Textarea } from '@mantine/core';
import { refusalReasons, type CaseView } from '../../../shared/api/case.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { useDraft } from '../../parts/drafts/drafts.tsx';
import { useFocusReturn } from '../../parts/keys/use-focus-return.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';

/** Refuses a case whose caller could not be verified. */
export function RefuseDialog({
  view,
  onCancel,
  onRefused,
}: {
  readonly view: CaseView;
  readonly onCancel: () => void;
  readonly onRefused: (view: CaseView) => void;
}) {
  useFocusReturn();
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [reason, setReason] = useState<(typeof refusalReasons)[number]>('could-not-verify');
  const [note, setNote] = useDraft(`case ${view.id} refusal note`);
  const [failure, setFailure] = useState<Failure | null>(null);
  const busy = useRef(false);
  const refuse = async () => {
    if (busy.current) return;
    busy.current = true;
    const result = await bridge.cases.refuse({
      params: { caseId: view.id },
      body: { reason, ...(note.trim() === '' ? {} : { note: note.trim() }) },
    });
    busy.current = false;
    if (result.ok) onRefused(result.value);
    else setFailure(result.failure);
  };
  return (
    <Modal
      opened
      onClose={onCancel}
      title={t('case.refuse.title')}
      centered
      withCloseButton={false}
      transitionProps={{ duration: 0 }}
    >
      <form
        data-testid="refuse-dialog"
        onSubmit={(event) => {
          event.preventDefault();
          void refuse();
        }}
      >
        <Text size="sm">{t('case.refuse.text', { name: view.account.displayName })}</Text>
        <fieldset className="chips">
          <legend>{t('case.refuse.reason')}</legend>
          <Chip.Group value={reason} onChange={(chosen) => setReason(chosen as typeof reason)}>
            <Group gap={8}>
              {refusalReasons.map((value, index) => (
                <Chip
                  key={value}
                  data-testid={`refuse-reason-${value}`}
                  value={value}
                  radius="sm"
                  {...(value === 'suspicious' ? { color: 'red' } : {})}
                  {...(index === 0 ? { 'data-autofocus': true } : {})}
                >
                  {t(`case.refuse.reasons.${value}`)}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
        </fieldset>
        <Text size="sm" c="dimmed" mt={8} mih={40} role="status">
          {reason === 'suspicious' ? t('case.refuse.suspicious') : ''}
        </Text>
        <div className="note">
          <Text fw={600} size="sm">
            {t('case.refuse.tell')}
          </Text>
          <Text size="sm">{t('case.refuse.sentence')}</Text>
        </div>
        <Textarea
          mt={12}
          data-testid="refuse-note"
          label={t('case.refuse.note')}
          maxLength={1000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <FailureLine failure={failure} />
        <Group mt={16} justify="flex-end">
          <Button variant="default" data-testid="refuse-cancel" onClick={onCancel}>
            {t('case.refuse.cancel')}
          </Button>
          <Button type="submit" data-testid="refuse-confirm" color="red">
            {t('case.refuse.action')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
