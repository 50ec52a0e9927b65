import { useRef, useState } from 'react';
import { Badge, Button, Group, Text, Textarea } from '@mantine/core';
import type { ApprovalRow } from '../../shared/api/approval.ts';
import type { Failure } from '../../shared/errors/result.ts';
import { useConsoleBridge } from '../bridge/console-bridge.ts';
import { FailureLine } from '../failure/failure-line.tsx';
import { formatRemaining, useClock } from '../handover/countdown.ts';
import { ProofField } from '../proof/proof-field.tsx';
import { useProof } from '../proof/use-proof.ts';
import { useWords } from '../texts/use-words.ts';
import { Evidence } from './evidence.tsx';

interface ApprovalCardProps {
  readonly approval: ApprovalRow;
  /** Shown opened, with the focus on the reason. */
  readonly first: boolean;
  readonly onDecided: () => void;
  readonly onOpenCase: (caseId: string) => void;
}

/** One request: who asks for what and why four eyes are needed, the evidence, and the answer with its proof. */
export function ApprovalCard({ approval, first, onDecided, onOpenCase }: ApprovalCardProps) {
  const words = useWords();
  const bridge = useConsoleBridge();
  const [opened, setOpened] = useState(first);
  const [reason, setReason] = useState('');
  const proof = useProof();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [working, setWorking] = useState(false);
  const busy = useRef(false);
  const now = useClock();
  const left = Date.parse(approval.expiresAt) - now;
  const ready = reason.trim().length >= 3 && proof.ready;
  const decide = async (decision: 'approve' | 'deny') => {
    if (busy.current || !ready) return;
    busy.current = true;
    setWorking(true);
    const proved = await proof.prove();
    const result = proved.ok
      ? await bridge.fourEyes.decide({
          params: { approvalId: approval.id },
          body: { decision, reason: reason.trim() },
        })
      : proved;
    busy.current = false;
    setWorking(false);
    setFailure(result.ok ? null : result.failure);
    if (result.ok) onDecided();
  };
  return (
    <article
      className="step approval"
      data-state="open"
      aria-label={words('queue.asks', { operator: approval.operator, number: approval.caseNumber })}
    >
      <div className="step-head">
        <h3>
          <bdi>{approval.displayName}</bdi>{' '}
          <Text span size="sm" c="dimmed">
            <bdi>{approval.userName}</bdi>
          </Text>
        </h3>
        <Text size="sm" c="dimmed">
          {words('queue.left', { time: formatRemaining(left) })}
        </Text>
      </div>
      <div className="step-body">
        <Text size="sm">
          {words(`queue.wants.${approval.action}`, {
            operator: approval.operator,
            number: approval.caseNumber,
          })}
        </Text>
        <Group gap={6}>
          {approval.needed.map((why) => (
            <Badge key={why} variant="default" tt="none" radius="sm">
              {words(`case.approval.short.${why}`)}
            </Badge>
          ))}
        </Group>
        {approval.note !== null && <Text size="sm">“{approval.note}”</Text>}
        <Group gap={8}>
          <Button
            variant="default"
            size="compact-sm"
            aria-expanded={opened}
            onClick={() => setOpened(!opened)}
          >
            {words(opened ? 'queue.hide' : 'queue.look')}
          </Button>
          <Button variant="subtle" color="gray" size="compact-sm" onClick={() => onOpenCase(approval.caseId)}>
            {words('queue.openCase')}
          </Button>
        </Group>
        {opened && <Evidence approvalId={approval.id} />}
        {approval.obstacle !== null ? (
          <Text size="sm" c="dimmed">
            {words(approval.obstacle === 'own-request' ? 'queue.ownRequest' : 'queue.ownAccount')}
          </Text>
        ) : (
          opened && (
            <form
              className="decision"
              onSubmit={(event) => {
                event.preventDefault();
                void decide('approve');
              }}
            >
              <Textarea
                autosize
                minRows={1}
                autoFocus={first}
                label={words('queue.reason')}
                description={words('queue.reasonHint')}
                maxLength={1000}
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
              />
              <ProofField focused={false} proof={proof} description={words('queue.proofHint')} />
              <FailureLine failure={failure} />
              <Group gap={8}>
                <Button type="submit" aria-disabled={!ready || working} data-disabled={!ready || working}>
                  {words('queue.approve')}
                </Button>
                <Button
                  variant="default"
                  {...(ready && !working && { c: 'var(--mantine-color-error)' })}
                  aria-disabled={!ready || working}
                  data-disabled={!ready || working}
                  onClick={() => void decide('deny')}
                >
                  {words('queue.deny')}
                </Button>
              </Group>
            </form>
          )
        )}
      </div>
    </article>
  );
}
