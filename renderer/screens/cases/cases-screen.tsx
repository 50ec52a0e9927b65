import { useDeferredValue, useState } from 'react';
import { Button, Group, NativeSelect, SegmentedControl, Skeleton, Text, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { withoutPastedPassword } from '../../../shared/typed/identifier.ts';
import { failureOf, useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { CasesTable } from './cases-table.tsx';
import { SaveCases } from './save-cases.tsx';
import { everyCase, filterOf, periods, shownCases, type GivenCases } from './cases-filter.ts';
import './cases.css';

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
      <FailureLine read={failureOf(query.error)} />
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
      {cases.length > 0 && <CasesTable cases={cases} onOpen={onOpen} />}
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
