import { Button, Text } from '@mantine/core';
import type { AuditEntry } from '../../../shared/api/audit.ts';
import { fullStamp } from '../../parts/clock/format-time.ts';
import { EvidenceButtons } from '../../parts/evidence-pack/evidence-buttons.tsx';
import { sentence, whoOf } from '../../parts/timeline/timeline.tsx';
import { useTexts } from '../../texts/use-texts.ts';

interface EventDetailProps {
  readonly entry: AuditEntry | null;
  /** Null if the operator cannot open cases. */
  readonly onOpenCase: ((caseId: string) => void) | null;
}

/** All details of one event. */
export function EventDetail({ entry, onOpenCase }: EventDetailProps) {
  const t = useTexts();
  if (entry === null) {
    return (
      <aside className="audit-detail">
        <Text c="dimmed">{t('audit.detail.none')}</Text>
      </aside>
    );
  }
  const { caseId, caseNumber, policyVersion } = entry;
  const facts: [name: string, value: string | null][] = [
    [t('audit.detail.at'), fullStamp(entry.at)],
    [t('audit.detail.action'), entry.action],
    [t('audit.detail.outcome'), t(`audit.filters.outcomes.${entry.outcome}`)],
    [t('audit.detail.actor'), whoOf(t, { ...entry, caseNumber: null })],
    [t('audit.detail.account'), entry.account && (entry.account.displayName ?? entry.account.id)],
    [t('audit.detail.case'), caseNumber === null ? null : String(caseNumber)],
    [
      t('audit.detail.policy'),
      policyVersion === null ? null : t('audit.detail.policyVersion', { version: policyVersion }),
    ],
    [t('audit.detail.address'), entry.clientAddress],
    [t('audit.detail.client'), entry.client],
    ...Object.entries(entry.facts).map(([name, value]): [string, string | null] => [
      name,
      value === null ? null : String(value),
    ]),
  ];
  return (
    <aside
      className="audit-detail"
      data-testid="audit-event"
      aria-label={t('audit.detail.title', { seq: entry.seq })}
    >
      <Text component="h2" fz={16} fw={600} m={0}>
        {sentence(t, entry)}
      </Text>
      <Text size="sm" c="dimmed">
        {t('audit.detail.title', { seq: entry.seq })}
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
        <dt>{t('audit.detail.hash')}</dt>
        <dd>
          <code>{entry.hash}</code>
        </dd>
      </dl>
      {caseId !== null && caseNumber !== null && (
        <>
          {onOpenCase !== null && (
            <Button variant="default" mb={8} onClick={() => onOpenCase(caseId)}>
              {t('audit.detail.openCase', { number: caseNumber })}
            </Button>
          )}
          <EvidenceButtons key={caseId} caseId={caseId} caseNumber={caseNumber} />
        </>
      )}
    </aside>
  );
}
