import { Button, Table } from '@mantine/core';
import type { Value } from '../../../shared/bridge/contract.ts';
import { AccountName } from '../../parts/account-name/account-name.tsx';
import { formatPastTime, fullStamp } from '../../parts/clock/format-time.ts';
import { EvidenceButtons } from '../../parts/evidence-pack/evidence-buttons.tsx';
import { useTexts } from '../../texts/use-texts.ts';

const columns = ['number', 'account', 'operator', 'ticket', 'opened', 'state', 'result', 'evidence'] as const;

/** The found cases; a row opens its case. */
export function CasesTable({
  cases,
  onOpen,
}: {
  readonly cases: Value<'cases', 'list'>['cases'];
  readonly onOpen: (caseId: string) => void;
}) {
  const t = useTexts();
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            {columns.map((name) => (
              <Table.Th key={name}>{t(`cases.columns.${name}`)}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {cases.map((row) => (
            // The case number is the button for keyboards. The whole row is a larger target for the mouse.
            <Table.Tr
              key={row.id}
              data-testid="cases-row"
              className="cases-row"
              onClick={() => onOpen(row.id)}
            >
              <Table.Td>
                <Button
                  variant="subtle"
                  size="compact-sm"
                  ml={-8}
                  onClick={(event) => {
                    event.stopPropagation();
                    onOpen(row.id);
                  }}
                  aria-label={t('cases.open', { number: row.number, name: row.displayName })}
                >
                  {row.number}
                </Button>
              </Table.Td>
              <Table.Td>
                <AccountName account={row} />
              </Table.Td>
              <Table.Td>
                <bdi>{row.operator}</bdi>
              </Table.Td>
              <Table.Td>{row.ticket ?? t('cases.noTicket')}</Table.Td>
              <Table.Td title={fullStamp(row.openedAt)} style={{ whiteSpace: 'nowrap' }}>
                {formatPastTime(row.openedAt)}
              </Table.Td>
              <Table.Td>{t(`cases.states.${row.state}`)}</Table.Td>
              <Table.Td>{t(`cases.results.${row.result}`)}</Table.Td>
              <Table.Td onClick={(event) => event.stopPropagation()}>
                <EvidenceButtons caseId={row.id} caseNumber={row.number} inRow />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
