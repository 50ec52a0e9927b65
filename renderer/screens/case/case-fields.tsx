import { useState } from 'react';
import { Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { caseReasons, type CaseView } from '../../../shared/api/case.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { pressedKey } from '../../parts/keys/pressed-key.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { useDraft } from '../../parts/drafts/drafts.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';

/** Ticket and reason, saved when the field loses the focus or on Enter. */
export function CaseFields({
  view,
  onCase,
}: {
  readonly view: CaseView;
  readonly onCase: (view: CaseView) => void;
}) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  // Null until the operator changes it, so that a ticket of another console shows up.
  const [typedTicket, setTypedTicket] = useDraft(`case ${view.id} ticket`);
  const [isCleared, setCleared] = useState(false);
  const ticket = typedTicket === '' && !isCleared ? (view.ticket ?? '') : typedTicket;
  const [failure, setFailure] = useState<Failure | null>(null);
  const save = async (body: { ticket?: string | null; reason?: (typeof caseReasons)[number] | null }) => {
    const result = await bridge.cases.change({ params: { caseId: view.id }, body });
    setFailure(result.ok ? null : result.failure);
    if (!result.ok) return;
    if ('ticket' in body) {
      setTypedTicket('');
      setCleared(false);
    }
    onCase(result.value);
  };
  const saveTicket = () => {
    const value = ticket.trim() === '' ? null : ticket.trim();
    if (value !== view.ticket) void save({ ticket: value });
    else setTypedTicket('');
  };
  const label = (what: 'ticket' | 'reason', required: boolean, empty: boolean) => (
    <>
      {t(`case.fields.${what}`)}{' '}
      <Text span c="dimmed" size="xs" fw={400}>
        {required && !empty ? '' : t(required ? 'case.fields.required' : 'case.fields.optional')}
      </Text>
    </>
  );
  return (
    <>
      <Group grow align="flex-start">
        <TextInput
          data-testid="case-ticket"
          label={label('ticket', view.ticketRequired, view.ticket === null)}
          required={view.ticketRequired}
          maxLength={64}
          value={ticket}
          onChange={(event) => {
            setCleared(event.currentTarget.value === '');
            setTypedTicket(event.currentTarget.value);
          }}
          onBlur={saveTicket}
          onKeyDown={(event) => {
            if (pressedKey(event) === 'Enter') event.currentTarget.blur();
          }}
        />
        <NativeSelect
          data-testid="case-reason"
          label={label('reason', view.reasonRequired, view.reason === null)}
          required={view.reasonRequired}
          value={view.reason ?? ''}
          onChange={(event) => {
            const chosen = caseReasons.find((known) => known === event.currentTarget.value);
            void save({ reason: chosen ?? null });
          }}
          data={[
            { value: '', label: '–' },
            ...caseReasons.map((value) => ({ value, label: t(`case.fields.reasons.${value}`) })),
          ]}
        />
      </Group>
      <FailureLine failure={failure} />
    </>
  );
}
