import { useState } from 'react';
import { Button, NativeSelect, Skeleton, Table, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import {
  accountProgress,
  type RequiredResetAccount,
  type RequiredResetView,
} from '../../../shared/api/required-reset.ts';
import { failureOf, useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { clockWords } from '../../parts/clock/format-time.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { useTexts, type Translate } from '../../texts/use-texts.ts';

const shows = ['missing', ...accountProgress] as const;
type Show = (typeof shows)[number];

function progressWords(t: Translate, account: RequiredResetAccount): string {
  const { progress, doneAt, toldAt, leftOut, inDoubt, mailAnswer, reminders } = account;
  const at = doneAt ?? toldAt;
  const said =
    progress === 'not-told' && inDoubt
      ? t('requiredResets.progress.in-doubt')
      : t(`requiredResets.progress.${progress}`, { time: at === null ? '' : clockWords(at) });
  if (progress === 'left-out' && leftOut !== null)
    return `${said}: ${t(`requiredResets.leftOut.${leftOut}`)}`;
  if (progress === 'not-told' && !inDoubt && mailAnswer !== null) return `${said}: ${mailAnswer}`;
  if (progress === 'told' && reminders > 0)
    return `${said}, ${t('requiredResets.reminded', { count: reminders })}`;
  return said;
}

/** The accounts of a required reset, by how far they are. */
export function RequiredResetAccounts({ row }: { readonly row: RequiredResetView }) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [show, setShow] = useState<Show>('missing');
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
  const countOf = (one: Show): number =>
    one === 'missing' ? row.counts.accounts - row.counts.done : row.counts[one];
  return (
    <>
      <NativeSelect
        label={t('requiredResets.show')}
        description={t(`requiredResets.hints.${show}`)}
        className="required-show"
        value={show}
        onChange={(event) => setShow(shows.find((one) => one === event.currentTarget.value) ?? 'missing')}
        data={shows.map((value) => ({
          value,
          label: t(`requiredResets.shows.${value}`, { count: countOf(value).toLocaleString() }),
        }))}
      />
      <FailureLine failure={failureOf(query.error)} />
      {query.isPending && <Skeleton height={160} aria-label={t('requiredResets.loading')} />}
      {query.isSuccess && accounts.length === 0 && <Text>{t('requiredResets.nobody')}</Text>}
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
                <Table.Tr key={account.accountId}>
                  <Table.Td>
                    <bdi>{account.displayName}</bdi>{' '}
                    <Text span size="sm" c="dimmed">
                      <bdi>{account.userName}</bdi>
                    </Text>
                  </Table.Td>
                  <Table.Td>{account.department ?? '–'}</Table.Td>
                  <Table.Td>{progressWords(t, account)}</Table.Td>
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
