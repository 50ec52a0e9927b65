import { useCallback, useState } from 'react';
import { Button, Group, Skeleton, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { Failure } from '../../../shared/errors/result.ts';
import { failureOf, useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { AuditFilters, filterOf, noFilter, type FilterValues } from './audit-filters.tsx';
import { ChainLine } from './chain-line.tsx';
import { EventDetail } from './event-detail.tsx';
import { EventList } from './event-list.tsx';
import './audit.css';

/** The audit log: the state of its hash chain, its filtered events, the details of one event, and exports. */
export function AuditScreen({ onOpenCase }: { readonly onOpenCase: ((caseId: string) => void) | null }) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [values, setValues] = useState<FilterValues>(noFilter);
  const [settled] = useDebouncedValue(values, 250);
  const [chosen, setChosen] = useState<number | null>(null);
  const [saved, setSaved] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const filter = filterOf(settled);
  const query = useInfiniteQuery({
    queryKey: ['audit', 'events', filter],
    queryFn: ({ pageParam }) =>
      valueOf(
        bridge.audit.events({ query: { ...filter, ...(pageParam === null ? {} : { before: pageParam }) } }),
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => (last.more ? (last.events.at(-1)?.seq ?? null) : null),
    retry: false,
  });
  const events = query.data?.pages.flatMap((page) => page.events) ?? [];
  const { fetchNextPage, isFetchingNextPage } = query;
  const older = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, isFetchingNextPage]);
  const save = async (format: 'jsonl' | 'cef') => {
    setSaved(null);
    const result = await bridge.downloads.saveAudit({ query: { ...filterOf(values), format } });
    setFailure(result.ok ? null : result.failure);
    if (result.ok) setSaved(result.value);
  };
  return (
    <main className="audit" data-testid="audit">
      <Group justify="space-between">
        <Text component="h1" fz={20} fw={600} m={0}>
          {t('audit.title')}
        </Text>
        <Group gap={8}>
          <Text size="sm" role="status">
            {saved === null ? '' : t('audit.export.saved', { name: saved })}
          </Text>
          {(['jsonl', 'cef'] as const).map((format) => (
            <Button
              key={format}
              data-testid={`audit-export-${format}`}
              variant="default"
              title={t('audit.export.hint')}
              onClick={() => void save(format)}
            >
              {t(`audit.export.${format}`)}
            </Button>
          ))}
        </Group>
      </Group>
      <ChainLine />
      <AuditFilters values={values} onChange={setValues} />
      <FailureLine failure={failure} read={failureOf(query.error)} />
      <div className="audit-columns">
        {query.isPending ? (
          <Skeleton role="progressbar" height="100%" aria-label={t('audit.loading')} />
        ) : events.length === 0 ? (
          <Text c="dimmed" role="status">
            {t('audit.empty')}
          </Text>
        ) : (
          <EventList
            events={events}
            more={query.hasNextPage}
            chosen={chosen}
            onChoose={setChosen}
            onEnd={older}
          />
        )}
        <EventDetail entry={events.find(({ seq }) => seq === chosen) ?? null} onOpenCase={onOpenCase} />
      </div>
    </main>
  );
}
