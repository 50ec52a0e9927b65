import { useState } from 'react';
import { Badge, Button, Card, Group, Table, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { HeldDecision, HeldRowView, HeldSide } from '../../../shared/api/held-row.ts';
import { useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { useOutcome } from '../../parts/forms/use-outcome.ts';
import { useProven } from '../../parts/proof/use-proven.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { ReasonDialog } from './reason-dialog.tsx';

const fields = ['userName', 'displayName', 'employeeNumber', 'emailMasked', 'sourceId', 'tier'] as const;

/** Rows of imports that contradict stored data, each with its possible decisions. */
export function HeldRows() {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const client = useQueryClient();
  const proven = useProven();
  const outcome = useOutcome();
  const [asked, setAsked] = useState<{ row: HeldRowView; decision: HeldDecision } | null>(null);
  const held = useQuery({
    queryKey: ['held-rows'],
    queryFn: () => valueOf(bridge.heldRows.list({ query: {} })),
    refetchInterval: 30_000,
  });
  const rows = held.data?.rows ?? [];
  const decide = async (reason: string) => {
    if (asked === null) return;
    const { row, decision } = asked;
    const call = proven.run(() =>
      bridge.heldRows.decide({ params: { heldRowId: row.id }, body: { decision, reason } }),
    );
    const isDone = await outcome.settle(call, () => t('accounts.held.decided'));
    if (isDone) setAsked(null);
    await client.invalidateQueries({ queryKey: ['held-rows'] });
  };
  return (
    <section aria-label={t('accounts.held.title')}>
      <h2>{t('accounts.held.title')}</h2>
      <Text c="dimmed">{rows.length === 0 ? t('accounts.held.none') : t('accounts.held.lead')}</Text>
      {outcome.message !== '' && <Text role="status">{outcome.message}</Text>}
      {rows.map((row) => (
        <HeldCard
          key={row.id}
          row={row}
          onDecide={(decision) => {
            setAsked({ row, decision });
          }}
        />
      ))}
      {proven.dialog}
      {asked !== null && (
        <ReasonDialog
          title={t(`accounts.held.questions.${asked.decision}`, { name: asked.row.row.displayName })}
          action={t(`accounts.held.decisions.${asked.decision}`)}
          failure={outcome.failure}
          onConfirm={decide}
          onCancel={() => {
            setAsked(null);
          }}
        >
          <Text mb={12}>
            {t(
              `accounts.held.leads.${asked.decision === 'new-person' && asked.row.closesAccount ? 'closes' : asked.decision}`,
              { account: asked.row.account?.userName ?? '' },
            )}{' '}
            {t('accounts.held.fourEyes')}
          </Text>
        </ReasonDialog>
      )}
      <FailureLine failure={asked === null ? outcome.failure : null} />
    </section>
  );
}

interface HeldCardProps {
  readonly row: HeldRowView;
  readonly onDecide: (decision: HeldDecision) => void;
}

function HeldCard({ row: held, onDecide }: HeldCardProps) {
  const t = useTexts();
  const sides = [
    ['row', held.row],
    ...(held.account === null ? [] : ([['account', held.account]] as const)),
    ...(held.match === null ? [] : ([['match', held.match]] as const)),
  ] as const satisfies readonly (readonly ['row' | 'account' | 'match', HeldSide])[];
  return (
    <Card withBorder mt={12} data-testid="held-row">
      <Group justify="space-between">
        <Text fw={600}>{t(`import.holds.${held.reason}`)}</Text>
        <Text c="dimmed">
          {held.fileName === ''
            ? t('accounts.held.fromSource', { source: held.sourceName })
            : t('accounts.held.from', { line: held.line, file: held.fileName })}
        </Text>
      </Group>
      <div className="sides" tabIndex={0} role="region" aria-label={held.row.displayName}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Td />
              {sides.map(([name, side]) => (
                <Table.Th key={name}>
                  {t(`accounts.held.${name}`)}{' '}
                  {side.isClosed && (
                    <Badge color="gray" variant="light">
                      {t('accounts.held.closed')}
                    </Badge>
                  )}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {fields.map((field) => (
              <Table.Tr key={field}>
                <Table.Th>{t(`accounts.held.labels.${field}`)}</Table.Th>
                {sides.map(([name, side]) => (
                  <Table.Td key={name} data-differs={side[field] !== held.row[field]}>
                    <bdi>
                      {field === 'tier'
                        ? t(`search.tiers.${side.tier}`)
                        : (side[field] ?? t('accounts.held.none_value'))}
                    </bdi>
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      <Group mt={12}>
        {(['new-person', 'same-person', 'drop'] as const)
          .filter((decision) => decision !== 'same-person' || held.canBeSame)
          .map((decision) => (
            <Button
              key={decision}
              variant="default"
              data-testid={`held-${decision}`}
              onClick={() => {
                onDecide(decision);
              }}
            >
              {t(`accounts.held.decisions.${decision}`)}
            </Button>
          ))}
      </Group>
    </Card>
  );
}
