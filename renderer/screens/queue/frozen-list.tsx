import { useQuery } from '@tanstack/react-query';
import type { FrozenRow } from '../../../shared/api/freeze.ts';
import { failureOf, useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { formatPastTime } from '../../parts/clock/format-time.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { useTexts, type Translate } from '../../texts/use-texts.ts';
import { HeldAccount } from './held-account.tsx';

/** Accounts frozen by their owners until an approver unfreezes them; nothing if there are none. */
export function FrozenList() {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const query = useQuery({
    queryKey: ['queue', 'frozen'],
    queryFn: () => valueOf(bridge.frozen.list({ query: {} })),
  });
  const frozen = query.data?.frozen ?? [];
  if (frozen.length === 0) return <FailureLine read={failureOf(query.error)} />;
  return (
    <section className="step" aria-label={t('queue.frozen.title')}>
      <div className="step-head">
        <h2>{t('queue.frozen.title')}</h2>
      </div>
      <div className="step-body">
        {frozen.map((row) => (
          <HeldAccount
            key={row.accountId}
            account={row}
            line={lineOf(t, row)}
            obstacle={
              row.obstacle &&
              t(`queue.obstacles.${row.obstacle === 'own-action' ? 'own-freeze' : row.obstacle}`)
            }
            textsKey="queue.frozen"
            leastReason={1}
            release={(reason) =>
              bridge.frozen.lift({ params: { accountId: row.accountId }, body: { reason } })
            }
          />
        ))}
      </div>
    </section>
  );
}

function lineOf(t: Translate, { at, mail }: FrozenRow): string {
  const line = t('queue.frozen.line', { time: formatPastTime(at) });
  return mail === null
    ? line
    : `${line} ${t('queue.frozen.mail', { subject: mail.subject, time: formatPastTime(mail.at) })}`;
}
