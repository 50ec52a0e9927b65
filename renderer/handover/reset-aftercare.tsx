import { useState } from 'react';
import { Button, Group, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ResetView } from '../../shared/api/reset.ts';
import type { Failure } from '../../shared/errors/result.ts';
import { useConsoleBridge } from '../bridge/console-bridge.ts';
import { clockTime } from '../clock/clock-words.ts';
import { FailureLine } from '../failure/failure-line.tsx';
import { useWords } from '../texts/use-words.ts';

/** Whether the reset can still be sent anew or taken back: nobody has used it, and its time is not over. */
const isOpen = ({ state, use }: ResetView): boolean =>
  state === 'done' && (use === 'none' || use === 'link-opened');

/** What became of the mail and of the link or password, and what can still be done about it. */
export function ResetAftercare({ reset }: { readonly reset: ResetView }) {
  const words = useWords();
  const bridge = useConsoleBridge();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const link = reset.action === 'reset-link';
  const act = async (name: 'resend' | 'revoke') => {
    if (busy) return;
    setBusy(true);
    const result = await bridge.resets[name]({ params: { resetId: reset.id } });
    setBusy(false);
    setAsking(false);
    setFailure(result.ok ? null : result.failure);
    await queries.invalidateQueries({ queryKey: ['case'] });
    await queries.invalidateQueries({ queryKey: ['timeline'] });
  };
  return (
    <div>
      {reset.delivery !== null && (
        <Text size="sm" c={['failed', 'bounced'].includes(reset.delivery) ? 'red' : 'dimmed'} role="status">
          {words(`handover.${reset.sentBy === 'text' ? 'textDelivery' : 'delivery'}.${reset.delivery}`)}
          {reset.nextAttemptAt === null
            ? ''
            : ` · ${words('handover.nextAttempt', { time: clockTime(reset.nextAttemptAt) })}`}
          {reset.deliveryAnswer === null ? '' : ` · ${reset.deliveryAnswer}`}
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {words(`handover.use.${reset.use}`)}
        {reset.resent > 0 ? ` · ${words('handover.resent', { count: reset.resent })}` : ''}
      </Text>
      {isOpen(reset) && (
        <Group gap={8} mt={8}>
          {link && !asking && (
            <Button variant="default" size="xs" disabled={busy} onClick={() => void act('resend')}>
              {words('handover.resend')}
            </Button>
          )}
          <Button
            variant="default"
            size="xs"
            disabled={busy}
            onClick={() => (asking ? void act('revoke') : setAsking(true))}
          >
            {words(asking ? 'handover.revokeSure' : link ? 'handover.revokeLink' : 'handover.revokePassword')}
          </Button>
          {asking && (
            <Button variant="subtle" color="gray" size="xs" onClick={() => setAsking(false)}>
              {words('handover.keepIt')}
            </Button>
          )}
        </Group>
      )}
      <FailureLine failure={failure} />
    </div>
  );
}
