import { Text } from '@mantine/core';
import { failureOf } from '../../bridge/console-bridge.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { HeldCard } from './held-card.tsx';
import { useHeldChanges } from './use-held-changes.ts';

interface HeldListProps {
  readonly onDecided: () => void;
  readonly onOpenCase: (caseId: string) => void;
}

/** Changes by users shortly after a reset that wait for an approver; nothing if there are none. */
export function HeldList({ onDecided, onOpenCase }: HeldListProps) {
  const t = useTexts();
  const query = useHeldChanges();
  const held = query.data?.held ?? [];
  if (held.length === 0) return <FailureLine read={failureOf(query.error)} />;
  return (
    <section aria-label={t('queue.held.title')} className="held">
      <Text component="h2" fz={14} fw={600} m={0} mb={8}>
        {t('queue.held.title')}
      </Text>
      {held.map((change) => (
        <HeldCard key={change.id} change={change} onDecided={onDecided} onOpenCase={onOpenCase} />
      ))}
    </section>
  );
}
