import { Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { TimelineEntry } from '../../shared/api/timeline.ts';
import { clockTime, fullStamp } from '../clock/clock-words.ts';
import { failureOf, useConsoleBridge, valueOf } from '../bridge/console-bridge.ts';
import { useWords, type Words } from '../texts/use-words.ts';
import { FailureLine } from '../failure/failure-line.tsx';

/** Entries by day of this computer's time zone, in the order given. */
export function groupByDay(entries: readonly TimelineEntry[]): { day: string; entries: TimelineEntry[] }[] {
  const days: { day: string; entries: TimelineEntry[] }[] = [];
  for (const entry of entries) {
    const day = new Date(entry.at).toDateString();
    const last = days.at(-1);
    if (last?.day === day) last.entries.push(entry);
    else days.push({ day, entries: [entry] });
  }
  return days;
}
function dayWords(words: Words, day: string): string {
  const today = new Date();
  const yesterday = new Date(today);
  yesterday.setDate(today.getDate() - 1);
  if (day === today.toDateString()) return words('timeline.today');
  if (day === yesterday.toDateString()) return words('timeline.yesterday');
  return new Date(day).toLocaleDateString(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
}
function Line({ entry }: { readonly entry: TimelineEntry }) {
  const words = useWords();
  const { actor } = entry;
  const who = actor.self
    ? words('timeline.you')
    : actor.kind === 'system'
      ? words('timeline.system')
      : (actor.name ?? words('timeline.user'));
  return (
    <li>
      <time dateTime={entry.at} title={fullStamp(entry.at)}>
        {clockTime(entry.at)}
      </time>
      <div>
        <div className={entry.outcome === 'done' ? undefined : 'refused-text'}>
          {words(`timeline.actions.${entry.action.replace('.', '_')}`)}
        </div>
        <Text size="xs" c="dimmed">
          <bdi>{who}</bdi>
          {entry.caseNumber === null ? '' : ` · ${words('timeline.case', { number: entry.caseNumber })}`}
        </Text>
        {entry.action.startsWith('mail.') && typeof entry.facts['answer'] === 'string' && (
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {entry.facts['answer']}
          </Text>
        )}
      </div>
    </li>
  );
}

/** What happened to the account, newest first, by day. `version` changes when the case did, so that it is read again. */
export function Timeline({ accountId, version }: { readonly accountId: string; readonly version: string }) {
  const words = useWords();
  const bridge = useConsoleBridge();
  const query = useQuery({
    queryKey: ['timeline', accountId, version],
    queryFn: () => valueOf(bridge.accounts.timeline({ params: { accountId }, query: {} })),
    placeholderData: (previous) => previous,
    retry: false,
  });
  return (
    <section aria-label={words('timeline.title')}>
      <Text component="h2" size="sm" fw={600} c="dimmed" m={0} mb={8}>
        {words('timeline.title')}
      </Text>
      <FailureLine failure={failureOf(query.error)} />
      {query.isPending && <Skeleton height={96} />}
      {query.data?.entries.length === 0 && <Text size="sm">{words('timeline.empty')}</Text>}
      {groupByDay(query.data?.entries ?? []).map(({ day, entries }) => (
        <div key={day}>
          <Text component="h3" size="xs" fw={500} c="dimmed" m={0}>
            {dayWords(words, day)}
          </Text>
          <ol className="timeline">
            {entries.map((entry) => (
              <Line key={entry.id} entry={entry} />
            ))}
          </ol>
        </div>
      ))}
      {query.data?.more === true && (
        <Text size="xs" c="dimmed">
          {words('timeline.more')}
        </Text>
      )}
    </section>
  );
}
