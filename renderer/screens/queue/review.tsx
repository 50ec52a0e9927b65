import { useState, type ReactNode } from 'react';
import { Button, Group, Text } from '@mantine/core';
import type { ApprovalRow } from '../../../shared/api/approval.ts';
import type { HeldChange } from '../../../shared/api/held-change.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { Evidence } from './evidence.tsx';

interface ReviewProps {
  readonly subject: 'approval' | 'change';
  /** What is reviewed, with the case that it belongs to and why the operator cannot decide it. */
  readonly item: Pick<ApprovalRow | HeldChange, 'id' | 'caseId' | 'obstacle'>;
  /** Whether the evidence is shown at first. */
  readonly openAtFirst?: boolean;
  readonly onOpenCase: (caseId: string) => void;
  /** The form of the decision, which is shown below the evidence. */
  readonly children: ReactNode;
}

/** The evidence behind a card of the queue, which an approver opens before deciding. */
export function Review({ subject, item, openAtFirst = false, onOpenCase, children }: ReviewProps) {
  const t = useTexts();
  const [opened, setOpened] = useState(openAtFirst);
  return (
    <>
      <Group gap={8}>
        <Button
          variant="default"
          size="compact-sm"
          data-testid="queue-evidence"
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          {t(opened ? 'queue.hide' : 'queue.look')}
        </Button>
        <Button variant="subtle" color="gray" size="compact-sm" onClick={() => onOpenCase(item.caseId)}>
          {t('queue.openCase')}
        </Button>
      </Group>
      {opened && <Evidence subject={subject} id={item.id} />}
      {item.obstacle !== null ? (
        <Text size="sm" c="dimmed">
          {t(`queue.obstacles.${item.obstacle}`)}
        </Text>
      ) : (
        opened && children
      )}
    </>
  );
}
