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
import { useWords, type Words } from '../../texts/use-texts.ts';

const shows = ['missing', ...accountProgress] as const;
type Show = (typeof shows)[number];

function progressWords(words: Words, account: RequiredResetAccount): string {
  const { progress, doneAt, toldAt, leftOut, inDoubt, mailAnswer, reminders } = account;
  const at = doneAt ?? toldAt;
  const said =
    progress === 'not-told' && inDoubt
      ? words('requiredResets.progress.in-doubt')
      : words(`requiredResets.progress.${progress}`, { time: at === null ? '' : clockWords(at) });
  if (progress === 'left-out' && leftOut !== null)
    return `${said}: ${words(`requiredResets.leftOut.${leftOut}`)}`;
  if (progress === 'not-told' && !inDoubt && mailAnswer !== null) return `${said}: ${mailAnswer}`;
  if (progress === 'told' && reminders > 0)
    return `${said}, ${words('requiredResets.reminded', { count: reminders })}`;
  return said;
}

/** The accounts of a required reset, by how far they are. */
export function RequiredResetAccounts({ row }: { readonly row: RequiredResetView }) {
  const words = useWords();
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
        label={words('requiredResets.show')}
        description={words(`requiredResets.hints.${show}`)}
        className="required-show"
        value={show}
        onChange={(event) => setShow(shows.find((one) => one === event.currentTarget.value) ?? 'missing')}
        data={shows.map((value) => ({
          value,
          label: words(`requiredResets.shows.${value}`, { count: countOf(value).toLocaleString() }),
        }))}
      />
      <FailureLine failure={failureOf(query.error)} />
      {query.isPending && <Skeleton height={160} aria-label={words('requiredResets.loading')} />}
      {query.isSuccess && accounts.length === 0 && <Text>{words('requiredResets.nobody')}</Text>}
      {accounts.length > 0 && (
        <Table.ScrollContainer minWidth={560}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                {(['account', 'department', 'progress'] as const).map((name) => (
                  <Table.Th key={name}>{words(`requiredResets.columns.${name}`)}</Table.Th>
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
                  <Table.Td>{progressWords(words, account)}</Table.Td>
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
          {words('requiredResets.more')}
        </Button>
      )}
    </>
  );
}
