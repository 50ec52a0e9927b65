import { useDeferredValue, useState } from 'react';
import { Button, SegmentedControl, Skeleton, Table, Text, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { withoutPastedPassword } from '../../../shared/typed/identifier.ts';
import { AccountName } from '../../parts/account-name/account-name.tsx';
import { formatPastTime, fullStamp } from '../../parts/clock/format-time.ts';
import { failureOf, useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { EvidenceButtons } from '../../parts/evidence-pack/evidence-buttons.tsx';
import { FailureLine } from '../../parts/failure/failure-line.tsx';

const columns = ['number', 'account', 'operator', 'ticket', 'opened', 'result', 'evidence'] as const;

/** The operator's own cases or all cases, newest first. */
export function CasesScreen({ onOpen }: { readonly onOpen: (caseId: string) => void }) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [scope, setScope] = useState<'own' | 'all'>('own');
  const [typed, setTyped] = useState('');
  // A password that was pasted after an address is not sent.
  const account = useDeferredValue(withoutPastedPassword(typed).trim());
  const query = useInfiniteQuery({
    queryKey: ['cases', scope, account],
    queryFn: ({ pageParam }) =>
      valueOf(
        bridge.cases.list({
          query: {
            whose: scope,
            ...(account !== '' && { account }),
            ...(pageParam !== null && { before: pageParam }),
          },
        }),
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => (last.more ? (last.cases.at(-1)?.number ?? null) : null),
    retry: false,
  });
  const cases = query.data?.pages.flatMap((page) => page.cases) ?? [];
  return (
    <main className="case-centre" data-testid="cases">
      <Text component="h1" fz={20} fw={600} m={0}>
        {t('cases.title')}
      </Text>
      <SegmentedControl
        data-testid="cases-scope"
        aria-label={t('cases.whose')}
        value={scope}
        onChange={(value) => setScope(value === 'all' ? 'all' : 'own')}
        data={[
          { value: 'own', label: t('cases.own') },
          { value: 'all', label: t('cases.all') },
        ]}
        style={{ alignSelf: 'flex-start' }}
      />
      <TextInput
        data-testid="cases-account"
        label={t('cases.account')}
        placeholder={t('cases.accountHint')}
        value={typed}
        spellCheck={false}
        autoComplete="off"
        maxLength={400}
        maw={420}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <FailureLine failure={failureOf(query.error)} />
      {query.isPending && <Skeleton role="progressbar" height={240} aria-label={t('cases.loading')} />}
      {query.isSuccess && cases.length === 0 && (
        <Text>{t(account === '' ? 'cases.empty' : 'cases.noneAbout')}</Text>
      )}
      {cases.length > 0 && (
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
                <Table.Tr key={row.id} data-testid="cases-row">
                  <Table.Td>
                    <Button
                      variant="subtle"
                      size="compact-sm"
                      ml={-8}
                      onClick={() => onOpen(row.id)}
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
                  <Table.Td>{t(`cases.results.${row.result}`)}</Table.Td>
                  <Table.Td>
                    <EvidenceButtons caseId={row.id} caseNumber={row.number} inRow />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {query.hasNextPage && (
        <Button
          variant="default"
          style={{ alignSelf: 'flex-start' }}
          disabled={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('cases.older')}
        </Button>
      )}
    </main>
  );
}
