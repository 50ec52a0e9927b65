import { Button, Text } from '@mantine/core';
import type { AuditEntry } from '../../../shared/api/audit.ts';
import { fullStamp } from '../../parts/clock/format-time.ts';
import { EvidenceButtons } from '../../parts/evidence-pack/evidence-buttons.tsx';
import { sentence, whoOf } from '../../parts/timeline/timeline.tsx';
import { useWords } from '../../texts/use-texts.ts';

interface EventDetailProps {
  readonly entry: AuditEntry | null;
  /** Null for who may not open cases. */
  readonly onOpenCase: ((caseId: string) => void) | null;
}

/** Everything that one event carries. */
export function EventDetail({ entry, onOpenCase }: EventDetailProps) {
  const words = useWords();
  if (entry === null) {
    return (
      <aside className="audit-detail">
        <Text c="dimmed">{words('audit.detail.none')}</Text>
      </aside>
    );
  }
  const { caseId, caseNumber, policyVersion } = entry;
  const facts: [name: string, value: string | null][] = [
    [words('audit.detail.at'), fullStamp(entry.at)],
    [words('audit.detail.action'), entry.action],
    [words('audit.detail.outcome'), words(`audit.filters.outcomes.${entry.outcome}`)],
    [words('audit.detail.actor'), whoOf(words, { ...entry, caseNumber: null })],
    [words('audit.detail.account'), entry.account && (entry.account.displayName ?? entry.account.id)],
    [words('audit.detail.case'), caseNumber === null ? null : String(caseNumber)],
    [
      words('audit.detail.policy'),
      policyVersion === null ? null : words('audit.detail.policyVersion', { version: policyVersion }),
    ],
    [words('audit.detail.address'), entry.clientAddress],
    [words('audit.detail.client'), entry.client],
    ...Object.entries(entry.facts).map(([name, value]): [string, string | null] => [
      name,
      value === null ? null : String(value),
    ]),
  ];
  return (
    <aside className="audit-detail" aria-label={words('audit.detail.title', { seq: entry.seq })}>
      <Text component="h2" fz={16} fw={600} m={0}>
        {sentence(words, entry)}
      </Text>
      <Text size="sm" c="dimmed">
        {words('audit.detail.title', { seq: entry.seq })}
      </Text>
      <dl className="facts">
        {facts
          .filter((fact): fact is [string, string] => fact[1] !== null && fact[1] !== '')
          .map(([name, value]) => (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ))}
        <dt>{words('audit.detail.hash')}</dt>
        <dd>
          <code>{entry.hash}</code>
        </dd>
      </dl>
      {caseId !== null && caseNumber !== null && (
        <>
          {onOpenCase !== null && (
            <Button variant="default" mb={8} onClick={() => onOpenCase(caseId)}>
              {words('audit.detail.openCase', { number: caseNumber })}
            </Button>
          )}
          <EvidenceButtons key={caseId} caseId={caseId} caseNumber={caseNumber} />
        </>
      )}
    </aside>
  );
}
