import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { failureOf, useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { formatPastTime } from '../../parts/clock/format-time.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { HeldAccount } from './held-account.tsx';

/** Accounts that an operator or a manager flagged as attacked, until an approver removes the flag. */
export function FlagList() {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const query = useQuery({ queryKey: ['queue', 'flags'], queryFn: () => valueOf(bridge.fourEyes.flags({})) });
  const flags = query.data?.flags ?? [];
  return (
    <section className="step" aria-label={t('queue.flags.title')}>
      <div className="step-head">
        <h2>{t('queue.flags.title')}</h2>
      </div>
      <div className="step-body">
        <FailureLine read={failureOf(query.error)} />
        {query.isSuccess && flags.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('queue.flags.nothing')}
          </Text>
        )}
        {flags.map((flag) => (
          <HeldAccount
            key={flag.id}
            account={flag}
            line={`${
              flag.by === null
                ? t('queue.flags.reported', { time: formatPastTime(flag.at) })
                : t('queue.flags.line', { time: formatPastTime(flag.at), by: flag.by })
            }${flag.note === null ? '' : `: “${flag.note}”`}`}
            obstacle={
              flag.obstacle &&
              t(`queue.obstacles.${flag.obstacle === 'own-action' ? 'own-flag' : flag.obstacle}`)
            }
            textsKey="queue.flags"
            leastReason={3}
            release={(reason) => bridge.fourEyes.clearFlag({ params: { flagId: flag.id }, body: { reason } })}
          />
        ))}
      </div>
    </section>
  );
}
