import { useState } from 'react';
import { Button, NativeSelect, Skeleton, Table, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import {
  accountProgress,
  type RequiredResetAccount,
  type RequiredResetView,
} from '../../../shared/api/required-reset.ts';
import { failureOf, useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { AccountName } from '../../parts/account-name/account-name.tsx';
import { formatPastTime } from '../../parts/clock/format-time.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { useTexts, type Translate } from '../../texts/use-texts.ts';

const filters = ['missing', ...accountProgress] as const;
type Filter = (typeof filters)[number];

function progressText(t: Translate, account: RequiredResetAccount): string {
  const { progress, doneAt, toldAt, leftOut, inDoubt, mailAnswer, reminders } = account;
  const at = doneAt ?? toldAt;
  const text =
    progress === 'not-told' && inDoubt
      ? t('requiredResets.progress.in-doubt')
      : t(`requiredResets.progress.${progress}`, { time: at === null ? '' : formatPastTime(at) });
  if (progress === 'left-out' && leftOut !== null)
    return `${text}: ${t(`requiredResets.leftOut.${leftOut}`)}`;
  if (progress === 'not-told' && !inDoubt && mailAnswer !== null) return `${text}: ${mailAnswer}`;
  if (progress === 'told' && reminders > 0)
    return `${text}, ${t('requiredResets.reminded', { count: reminders })}`;
  return text;
}

/** The accounts of a required reset, filtered by their progress. */
export function RequiredResetAccounts({ row }: { readonly row: RequiredResetView }) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [show, setShow] = useState<Filter>('missing');
  const query = useInfiniteQuery({
    queryKey: ['required-resets', row.id, 'accounts', show],
    queryFn: ({ pageParam }) =>
      valueOf(
        bridge.requiredResets.accounts({
          params: { requiredResetId: row.id },
          query: { show, after: pageParam },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => (last.more ? (last.accounts.at(-1)?.userName ?? null) : null),
    retry: false,
  });
  const accounts = query.data?.pages.flatMap((page) => page.accounts) ?? [];
  const countOf = (filter: Filter): number =>
    filter === 'missing' ? row.counts.accounts - row.counts.done : row.counts[filter];
  return (
    <>
      <NativeSelect
        label={t('requiredResets.show')}
        description={t(`requiredResets.hints.${show}`)}
        className="required-show"
        data-testid="required-resets-filter"
        value={show}
        onChange={(event) =>
          setShow(filters.find((candidate) => candidate === event.currentTarget.value) ?? 'missing')
        }
        data={filters.map((value) => ({
          value,
          label: t(`requiredResets.shows.${value}`, { count: countOf(value).toLocaleString() }),
        }))}
      />
      <FailureLine read={failureOf(query.error)} />
      {query.isPending && (
        <Skeleton role="progressbar" height={160} aria-label={t('requiredResets.loading')} />
      )}
      {query.isSuccess && accounts.length === 0 && <Text>{t('requiredResets.noAccounts')}</Text>}
      {accounts.length > 0 && (
        <Table.ScrollContainer minWidth={560}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                {(['account', 'department', 'progress'] as const).map((name) => (
                  <Table.Th key={name}>{t(`requiredResets.columns.${name}`)}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {accounts.map((account) => (
                <Table.Tr key={account.accountId} data-testid="required-resets-account">
                  <Table.Td>
                    <AccountName account={account} />
                  </Table.Td>
                  <Table.Td>{account.department ?? '–'}</Table.Td>
                  <Table.Td>{progressText(t, account)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {query.hasNextPage && (
        <Button
          variant="default"
          className="required-back"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('requiredResets.more')}
        </Button>
      )}
    </>
  );
}
