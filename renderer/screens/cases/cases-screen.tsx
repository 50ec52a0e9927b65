import { useDeferredValue, useState } from 'react';
import {
  Button,
  Group,
  NativeSelect,
  SegmentedControl,
  Skeleton,
  Table,
  Text,
  TextInput,
} from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { withoutPastedPassword } from '../../../shared/typed/identifier.ts';
import { AccountName } from '../../parts/account-name/account-name.tsx';
import { formatPastTime, fullStamp } from '../../parts/clock/format-time.ts';
import { failureOf, useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { EvidenceButtons } from '../../parts/evidence-pack/evidence-buttons.tsx';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { SaveCases } from './save-cases.tsx';
import { everyCase, filterOf, periods, shownCases, type GivenCases } from './cases-filter.ts';
import './cases.css';

const columns = ['number', 'account', 'operator', 'ticket', 'opened', 'state', 'result', 'evidence'] as const;

/** The operator's own cases or all cases, newest first. */
export function CasesScreen({
  given,
  onOpen,
}: {
  readonly given: GivenCases | null;
  readonly onOpen: (caseId: string) => void;
}) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [scope, setScope] = useState<'own' | 'all'>('own');
  const [typed, setTyped] = useState('');
  const [narrowed, setNarrowed] = useState(given ?? everyCase);
  // A password that was pasted after an address is not sent.
  const account = useDeferredValue(withoutPastedPassword(typed).trim());
  /** Computed at each request, because the periods end now. */
  const filterNow = () => ({
    whose: scope,
    ...(account !== '' && { account }),
    ...filterOf(narrowed, new Date()),
  });
  const query = useInfiniteQuery({
    queryKey: ['cases', scope, account, narrowed],
    queryFn: ({ pageParam }) =>
      valueOf(
        bridge.cases.list({
          query: { ...filterNow(), ...(pageParam !== null && { before: pageParam }) },
        }),
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => (last.more ? (last.cases.at(-1)?.number ?? null) : null),
    retry: false,
  });
  const cases = query.data?.pages.flatMap((page) => page.cases) ?? [];
  return (
    <main className="case-centre" data-testid="cases">
      <Group justify="space-between">
        <Text component="h1" fz={20} fw={600} m={0}>
          {t('cases.title')}
        </Text>
        <SaveCases filterNow={filterNow} />
      </Group>
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
      <Group align="flex-end">
        <TextInput
          data-testid="cases-account"
          label={t('cases.account')}
          placeholder={t('cases.accountHint')}
          value={typed}
          spellCheck={false}
          autoComplete="off"
          maxLength={400}
          miw={260}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <NativeSelect
          data-testid="cases-show"
          label={t('cases.show')}
          value={narrowed.show}
          data={shownCases.map((value) => ({ value, label: t(`cases.shown.${value}`) }))}
          onChange={({ currentTarget }) =>
            setNarrowed({ ...narrowed, show: currentTarget.value as GivenCases['show'] })
          }
        />
        <NativeSelect
          data-testid="cases-period"
          label={t('cases.period')}
          value={narrowed.period}
          data={periods.map((value) => ({ value, label: t(`cases.periods.${value}`) }))}
          onChange={({ currentTarget }) =>
            setNarrowed({ ...narrowed, period: currentTarget.value as GivenCases['period'] })
          }
        />
      </Group>
      <FailureLine failure={failureOf(query.error)} />
      {query.isPending && <Skeleton role="progressbar" height={240} aria-label={t('cases.loading')} />}
      {query.isSuccess && cases.length === 0 && (
        <Text>
          {t(
            narrowed !== everyCase && (narrowed.show !== 'any' || narrowed.period !== 'any')
              ? 'cases.noneShown'
              : account === ''
                ? 'cases.empty'
                : 'cases.noneAbout',
          )}
        </Text>
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
