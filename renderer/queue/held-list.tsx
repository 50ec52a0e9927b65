import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { failureOf, useConsoleBridge, valueOf } from '../bridge/console-bridge.ts';
import { FailureLine } from '../failure/failure-line.tsx';
import { useWords } from '../texts/use-words.ts';
import { HeldCard } from './held-card.tsx';

interface HeldListProps {
  readonly onDecided: () => void;
  readonly onOpenCase: (caseId: string) => void;
}

/** Changes by users right after a reset that wait for an approver. Nothing when there are none. */
export function HeldList({ onDecided, onOpenCase }: HeldListProps) {
  const words = useWords();
  const bridge = useConsoleBridge();
  const query = useQuery({
    queryKey: ['queue', 'held'],
    queryFn: () => valueOf(bridge.heldChanges.list({})),
    refetchInterval: 15_000,
  });
  const held = query.data?.held ?? [];
  if (held.length === 0) return <FailureLine failure={failureOf(query.error)} />;
  return (
    <section aria-label={words('queue.held.title')} className="held">
      <Text component="h2" fz={14} fw={600} m={0} mb={8}>
        {words('queue.held.title')}
      </Text>
      {held.map((change) => (
        <HeldCard key={change.id} change={change} onDecided={onDecided} onOpenCase={onOpenCase} />
      ))}
    </section>
  );
}
