import { useState } from 'react';
import { Button, Group, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { CaseView } from '../../../../shared/api/case.ts';
import type { ResetView } from '../../../../shared/api/reset.ts';
import type { Failure } from '../../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../../bridge/console-bridge.ts';
import { ConfirmResetDialog } from '../../../parts/reset/confirm-reset-dialog.tsx';
import { clockTime } from '../../../parts/clock/format-time.ts';
import { FailureLine } from '../../../parts/failure/failure-line.tsx';
import { ReadInOutbox } from '../../../parts/outbox/outbox-link.tsx';
import { useTexts } from '../../../texts/use-texts.ts';

/** Whether the reset can still be sent again or revoked: it is neither used nor expired. */
const isOpen = ({ state, use }: ResetView): boolean =>
  state === 'done' && (use === 'none' || use === 'link-fetched');

interface ResetAftercareProps {
  readonly view: CaseView;
  readonly reset: ResetView;
  /** Called when another reset replaces this one. */
  readonly onReset: () => void;
}

/** The state of the delivery and of the link or password, with the actions that are still possible. */
export function ResetAftercare({ view, reset, onReset }: ResetAftercareProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [instead, setInstead] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const link = reset.action === 'reset-link';
  const isUnknownUse =
    reset.secretStyle === 'access-pass' && (reset.use === 'none' || reset.use === 'expired');
  const useKey = isUnknownUse ? `handover.pass.${reset.use}` : `handover.use.${reset.use}`;
  const other = view.instead?.insteadOf === reset.id ? view.instead : null;
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
        <Text size="sm" c={['failed', 'bounced'].includes(reset.delivery) ? 'red' : 'dimmed'}>
          {t(`handover.${reset.sentBy === 'text' ? 'textDelivery' : 'delivery'}.${reset.delivery}`)}
          {reset.nextAttemptAt === null
            ? ''
            : ` · ${t('handover.nextAttempt', { time: clockTime(reset.nextAttemptAt) })}`}
          {reset.deliveryAnswer === null ? '' : ` · ${reset.deliveryAnswer}`}
        </Text>
      )}
      <ReadInOutbox message={reset.keptMessage} />
      <Group gap={8}>
        <Text size="sm" c="dimmed">
          {t(useKey)}
          {reset.resent > 0 ? ` · ${t('handover.resent', { count: reset.resent })}` : ''}
        </Text>
        {isOpen(reset) && (
          <>
            {link && !asking && (
              <Button
                variant="default"
                size="xs"
                data-testid="handover-resend"
                disabled={busy}
                onClick={() => void act('resend')}
              >
                {t('handover.resend')}
              </Button>
            )}
            {other !== null && !asking && (
              <Button
                variant="default"
                size="xs"
                data-testid="handover-instead"
                aria-disabled={other.obstacle !== null}
                data-disabled={other.obstacle !== null}
                aria-describedby={other.obstacle === null ? undefined : `instead-of-${reset.id}`}
                onClick={() => other.obstacle === null && setInstead(true)}
              >
                {t(`handover.instead.${other.action}`)}
              </Button>
            )}
            <Button
              variant="default"
              size="xs"
              data-testid="handover-revoke"
              disabled={busy}
              onClick={() => (asking ? void act('revoke') : setAsking(true))}
            >
              {t(asking ? 'handover.revokeSure' : link ? 'handover.revokeLink' : 'handover.revokePassword')}
            </Button>
            {asking && (
              <Button
                variant="subtle"
                color="gray"
                size="xs"
                data-testid="handover-keep"
                onClick={() => setAsking(false)}
              >
                {t('handover.keepIt')}
              </Button>
            )}
          </>
        )}
      </Group>
      {other !== null && other.obstacle !== null && (
        <Text id={`instead-of-${reset.id}`} size="xs" c="dimmed" mt={4}>
          {t(`handover.instead.cannot.${other.action}`, {
            why: t(`case.reset.obstacles.${other.obstacle}`),
          })}
        </Text>
      )}
      <FailureLine failure={failure} />
      {instead && other !== null && (
        <ConfirmResetDialog
          view={view}
          action={other.action}
          insteadOf={reset.id}
          onCancel={() => {
            setInstead(false);
            // An attempt whose answer was lost may have succeeded, so the case is read again.
            onReset();
          }}
          onReset={() => {
            setInstead(false);
            onReset();
          }}
        />
      )}
    </div>
  );
}
