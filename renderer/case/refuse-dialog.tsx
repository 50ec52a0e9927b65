import { useRef, useState } from 'react';
import { Button, Group, Modal, Radio, Stack, Text, Textarea } from '@mantine/core';
import { refusalReasons, type CaseView } from '../../shared/api/case.ts';
import type { Failure } from '../../shared/errors/result.ts';
import { useConsoleBridge } from '../bridge/console-bridge.ts';
import { useWords } from '../texts/use-words.ts';
import { FailureLine } from '../failure/failure-line.tsx';

/** The honest end of a case whose caller could not be verified. */
export function RefuseDialog({
  view,
  onCancel,
  onRefused,
}: {
  readonly view: CaseView;
  readonly onCancel: () => void;
  readonly onRefused: (view: CaseView) => void;
}) {
  const words = useWords();
  const bridge = useConsoleBridge();
  const [reason, setReason] = useState<(typeof refusalReasons)[number]>('could-not-verify');
  const [note, setNote] = useState('');
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
      title={words('case.refuse.title')}
      centered
      withCloseButton={false}
      transitionProps={{ duration: 0 }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void refuse();
        }}
      >
        <Text size="sm">{words('case.refuse.text', { name: view.account.displayName })}</Text>
        <Radio.Group
          mt={12}
          label={words('case.refuse.reason')}
          value={reason}
          onChange={(value) => setReason(value as typeof reason)}
        >
          <Stack gap={6} mt={6}>
            {refusalReasons.map((one, index) => (
              <Radio
                key={one}
                value={one}
                label={words(`case.refuse.reasons.${one}`)}
                {...(index === 0 ? { 'data-autofocus': true } : {})}
              />
            ))}
          </Stack>
        </Radio.Group>
        <Textarea
          mt={12}
          label={words('case.refuse.note')}
          maxLength={1000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <FailureLine failure={failure} />
        <Group mt={16} justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {words('case.refuse.cancel')}
          </Button>
          <Button type="submit" color="red">
            {words('case.refuse.action')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
