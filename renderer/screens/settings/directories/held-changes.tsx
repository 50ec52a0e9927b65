import { useState } from 'react';
import { Alert, Button, Group, Table, Text, TextInput } from '@mantine/core';
import type { DirectoryView } from '../../../../shared/api/directories.ts';
import { useConsoleBridge } from '../../../bridge/console-bridge.ts';
import { formatPastTime } from '../../../parts/clock/format-time.ts';
import { FailureLine } from '../../../parts/failure/failure-line.tsx';
import { useOutcome } from '../../../parts/forms/use-outcome.ts';
import { useProven } from '../../../parts/proof/use-proven.tsx';
import { useTexts } from '../../../texts/use-texts.ts';

interface HeldChangesProps {
  readonly directory: DirectoryView;
  readonly onChange: () => void;
}
type Held = NonNullable<DirectoryView['heldChanges']>;

const kinds = ['contact', 'tier', 'manager'] as const;

/** Shows the changes of very many accounts that wait, and lets the administrator allow these and no others. */
export function HeldChanges({ directory: { id, heldChanges }, onChange }: HeldChangesProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const { run, dialog } = useProven();
  const { message, failure, settle } = useOutcome();
  const [reason, setReason] = useState('');
  if (heldChanges === null) return null;
  const { since, until, counts } = heldChanges;
  const submit = async () => {
    const body = { until, reason };
    if (
      await settle(
        run(() => bridge.directories.allowChanges({ params: { directoryId: id }, body })),
        () => t('directories.heldChanges.allowed'),
      )
    )
      onChange();
  };
  return (
    <Alert color="yellow" title={t('directories.heldChanges.title')} data-testid="directory-held-changes">
      <Text size="sm">{t('directories.heldChanges.lead', { time: formatPastTime(since) })}</Text>
      <ul>
        {kinds
          .filter((kind) => counts[kind] > 0)
          .map((kind) => (
            <li key={kind}>{t(`import.plan.massKinds.${kind}`, { count: counts[kind] })}</li>
          ))}
      </ul>
      <Examples held={heldChanges} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Group align="end" mt={12}>
          <TextInput
            flex={1}
            required
            withAsterisk={false}
            label={t('sources.held.reason')}
            data-testid="directory-allow-changes-reason"
            value={reason}
            maxLength={500}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
          <Button type="submit" data-testid="directory-allow-changes">
            {t('directories.heldChanges.allow')}
          </Button>
        </Group>
      </form>
      <Text size="sm" role="status">
        {message}
      </Text>
      <FailureLine failure={failure} />
      {dialog}
    </Alert>
  );
}

function Examples({ held: { accounts, examples } }: { readonly held: Held }) {
  const t = useTexts();
  const valueOf = (value: string | null) => value ?? t('import.plan.nothing');
  return (
    <>
      <Table>
        <Table.Tbody>
          {examples.map(({ userName, displayName, changes }) => (
            <Table.Tr key={userName}>
              <Table.Td>
                {displayName} ({userName})
              </Table.Td>
              <Table.Td>
                {changes.map(({ field, from, to }) => (
                  <div key={field}>
                    {valueOf(from)} → {valueOf(to)}
                  </div>
                ))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {accounts > examples.length && (
        <Text size="sm">{t('directories.heldChanges.more', { count: accounts - examples.length })}</Text>
      )}
    </>
  );
}
