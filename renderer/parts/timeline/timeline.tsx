import { useState } from 'react';
import { Button, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { checkKinds } from '../../../shared/api/check.ts';
import type { AuditAction, TimelineEntry } from '../../../shared/api/timeline.ts';
import { formatPastTime, fullStamp } from '../clock/format-time.ts';
import { failureOf, useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { timelineTexts } from '../../texts/en/timeline.ts';
import { useTexts, type Translate } from '../../texts/use-texts.ts';
import { FailureLine } from '../failure/failure-line.tsx';
import { foldTimeline } from './fold-timeline.ts';
import './timeline.css';

/** Entries shown at first, and after "older entries". The second number is the backend's maximum. */
const [atFirst, atMost] = [50, 200];
const checkActions = Object.keys(timelineTexts.checks) as (keyof typeof timelineTexts.checks)[];

/** Actions that the backend records under the same name when it refuses them. */
const deeds: ReadonlySet<string> = new Set<AuditAction>([
  'account.flag-cleared',
  'account.unfrozen',
  'case.closed',
  'case.opened',
  'reset.handed-over',
  'reset.revoked',
  'reset.secret-copied',
  'reset.secret-shown',
  'reset.secret-spelled',
  'reset-link.resent',
]);

const aboutLinks = [
  ['account.linked', 'linked'],
  ['account.unlinked', 'unlinked'],
  ['case.continued-elsewhere', 'continuedElsewhere'],
  ['case.evidence-taken-over', 'evidenceTakenOver'],
] as const satisfies readonly (readonly [AuditAction, keyof typeof timelineTexts])[];

const linkFacts = (t: Translate, { with: name, directory, fromCase }: TimelineEntry['facts']) => ({
  name: String(name ?? ''),
  // External directories have names of their own.
  directory: directory === 'built-in' ? t('timeline.builtIn') : String(directory ?? ''),
  number: String(fromCase ?? ''),
});

/** The text of an entry, with the name of the check if there is one. */
export function sentence(t: Translate, entry: TimelineEntry): string {
  const { action, outcome, facts } = entry;
  if (outcome === 'refused' && deeds.has(action)) {
    const what = sentence(t, { ...entry, outcome: 'done' });
    return t('timeline.inVain', { what });
  }
  const key = action.replace('.', '_');
  if (action === 'reset.done' && facts['action'] === 'reset-link') return t('timeline.linkSent');
  if (action === 'reset.done' && facts['credential'] === 'access-pass') return t('timeline.passGiven');
  const linked = aboutLinks.find(([known]) => known === action)?.[1];
  // A refusal names no other account.
  if (linked !== undefined && outcome === 'refused')
    return t('timeline.inVain', { what: t(`timeline.actions.${key}`) });
  if (linked !== undefined) return t(`timeline.${linked}`, linkFacts(t, facts));
  const kind = checkKinds.find((known) => known === facts['kind']);
  const named = checkActions.find((known) => known === key);
  if (kind === undefined || named === undefined) return t(`timeline.actions.${key}`);
  return t(`timeline.checks.${named}`, { check: t(`case.checkEvents.${kind}`) });
}

/** The actor of an entry. */
export function whoOf(t: Translate, { actor, caseNumber }: TimelineEntry): string {
  if (actor.self) return t(caseNumber === null ? 'timeline.you' : 'timeline.youInCase');
  return actor.kind === 'system' ? t('timeline.system') : (actor.name ?? t('timeline.user'));
}

function Line({ entry }: { readonly entry: TimelineEntry }) {
  const t = useTexts();
  const who = whoOf(t, entry);
  return (
    <li>
      <time dateTime={entry.at} title={fullStamp(entry.at)}>
        {formatPastTime(entry.at)}
      </time>
      <div>
        <div className={entry.outcome === 'done' ? undefined : 'refused-text'}>{sentence(t, entry)}</div>
        <Text size="sm" c="dimmed">
          {entry.caseNumber !== null && `${t('timeline.case', { number: entry.caseNumber })}, `}
          <bdi>{who}</bdi>
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

/**
 * The account's timeline, newest first. Intermediate steps are hidden until the operator asks for every event. It is read again when `version`
 * changes, which follows the case.
 */
export function Timeline({ accountId, version }: { readonly accountId: string; readonly version: string }) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [limit, setLimit] = useState(atFirst);
  const [isWhole, setWhole] = useState(false);
  const query = useQuery({
    queryKey: ['timeline', accountId, version, limit],
    queryFn: () => valueOf(bridge.accounts.timeline({ params: { accountId }, query: { limit } })),
    placeholderData: (previous) => previous,
    retry: false,
  });
  const entries = query.data?.entries ?? [];
  const folded = foldTimeline(entries);
  return (
    <section aria-label={t('timeline.title')} data-testid="timeline">
      <Text component="h2" size="sm" fw={600} c="dimmed" m={0} mb={8}>
        {t('timeline.title')}
      </Text>
      <FailureLine read={failureOf(query.error)} />
      {query.isPending && <Skeleton height={96} />}
      {query.data?.entries.length === 0 && <Text size="sm">{t('timeline.empty')}</Text>}
      <ol className="timeline">
        {(isWhole ? entries : folded).map((entry) => (
          <Line key={entry.id} entry={entry} />
        ))}
      </ol>
      {(isWhole || folded.length < entries.length) && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          data-testid="timeline-whole"
          onClick={() => setWhole(!isWhole)}
        >
          {t(isWhole ? 'timeline.fold' : 'timeline.unfold', { count: entries.length - folded.length })}
        </Button>
      )}
      {query.data?.more === true &&
        (limit < atMost ? (
          <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setLimit(atMost)}>
            {t('timeline.older')}
          </Button>
        ) : (
          <Text size="xs" c="dimmed">
            {t('timeline.more')}
          </Text>
        ))}
    </section>
  );
}
