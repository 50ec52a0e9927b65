import { useRef, useState } from 'react';
import { Button, Group, Textarea } from '@mantine/core';
import type { Failure, Result } from '../../../shared/errors/result.ts';
import { useDraft } from '../../parts/drafts/drafts.tsx';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { ProofField } from '../../parts/proof/proof-field.tsx';
import { useProof } from '../../parts/proof/use-proof.ts';
import { useTexts } from '../../texts/use-texts.ts';

export type Decision = 'approve' | 'deny';

interface DecisionFormProps {
  /** The ID of what is decided. */
  readonly subject: string;
  /** Whether the reason takes the focus. */
  readonly focused: boolean;
  /** Says who can read the reason. */
  readonly reasonHint: string;
  readonly decide: (answer: { decision: Decision; reason: string }) => Promise<Result<unknown>>;
  readonly onDecided: () => void;
}

/** The approver's decision: a reason and a proof of identity, which each decision needs again. */
export function DecisionForm({ subject, focused, reasonHint, decide, onDecided }: DecisionFormProps) {
  const t = useTexts();
  const [reason, setReason] = useDraft(`decision ${subject} reason`);
  const proof = useProof();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [working, setWorking] = useState(false);
  const busy = useRef(false);
  const ready = reason.trim().length >= 3 && proof.ready;
  const answer = async (decision: Decision) => {
    if (busy.current || !ready) return;
    busy.current = true;
    setWorking(true);
    const proved = await proof.prove();
    const result = proved.ok ? await decide({ decision, reason: reason.trim() }) : proved;
    busy.current = false;
    setWorking(false);
    setFailure(result.ok ? null : result.failure);
    if (!result.ok) return;
    setReason('');
    onDecided();
  };
  return (
    <form
      className="decision"
      onSubmit={(event) => {
        event.preventDefault();
        void answer('approve');
      }}
    >
      <Textarea
        autosize
        minRows={1}
        autoFocus={focused}
        data-testid="queue-reason"
        label={t('queue.reason')}
        description={reasonHint}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <ProofField focused={false} proof={proof} description={t('queue.proofHint')} />
      <FailureLine failure={failure} />
      <Group gap={8}>
        <Button
          type="submit"
          data-testid="queue-approve"
          aria-disabled={!ready || working}
          data-disabled={!ready || working}
        >
          {t('queue.approve')}
        </Button>
        <Button
          variant="default"
          data-testid="queue-deny"
          {...(ready && !working && { c: 'var(--mantine-color-error)' })}
          aria-disabled={!ready || working}
          data-disabled={!ready || working}
          onClick={() => void answer('deny')}
        >
          {t('queue.deny')}
        </Button>
      </Group>
    </form>
  );
}
