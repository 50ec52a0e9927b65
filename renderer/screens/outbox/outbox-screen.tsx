import { useEffect, useRef } from 'react';
import { Button, Group, Skeleton, Text, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { KeptMessage } from '../../../shared/api/mail.ts';
import type { Value } from '../../../shared/bridge/contract.ts';
import { formatPastTime, fullStamp } from '../../parts/clock/format-time.ts';
import { failureOf, useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { useConcealed } from '../../parts/concealed/use-concealed.ts';
import { KeptTexts } from './kept-texts.tsx';
import { OpenMail } from './open-mail.tsx';
import '../case/checks/checks.css';
import './outbox.css';

/** Emails that were kept instead of sent, so that a trial on one computer works without a mail server. */
export function OutboxScreen({ message }: { readonly message: KeptMessage | null }) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const query = useQuery({
    queryKey: ['outbox'],
    queryFn: () => valueOf(bridge.outbox.list({ query: {} })),
    retry: false,
    refetchInterval: 5000,
  });
  const { shown: mail, failure, setFailure, read } = useConcealed<Value<'outbox', 'get'>>();
  const mails = query.data?.mails ?? [];
  const opened = useRef(false);
  useEffect(() => {
    // Once, since each reading is recorded.
    if (message?.channel !== 'email' || opened.current) return;
    opened.current = true;
    void read(bridge.outbox.get({ params: { mailId: message.id } }));
  }, [bridge, message, read]);
  return (
    <main className="case-centre outbox" data-testid="outbox">
      <Group justify="space-between">
        <Text component="h1" fz={20} fw={600} m={0}>
          {t('outbox.title')}
        </Text>
        {query.data?.active === true && (
          <Button
            variant="default"
            onClick={() =>
              void bridge.outbox.showFolder().then((result) => setFailure(result.ok ? null : result.failure))
            }
          >
            {t('outbox.folder')}
          </Button>
        )}
      </Group>
      {query.data !== undefined && (
        <div className="note" role="note">
          {t(query.data.active ? 'outbox.kept' : 'outbox.off')}
        </div>
      )}
      <FailureLine failure={failure} read={failureOf(query.error)} />
      {query.isPending && <Skeleton role="progressbar" height={200} aria-label={t('outbox.loading')} />}
      {query.data?.active === true && mails.length === 0 && <Text>{t('outbox.empty')}</Text>}
      <div className="outbox-columns">
        <div className="outbox-lists">
          {mails.length > 0 && (
            <ol className="checks" aria-label={t('outbox.list')}>
              {mails.map((row) => (
                <li key={row.id} className="check" data-chosen={mail?.id === row.id}>
                  <UnstyledButton
                    className="check-text"
                    data-testid="outbox-mail"
                    onClick={() => void read(bridge.outbox.get({ params: { mailId: row.id } }))}
                    aria-label={t('outbox.read', { subject: row.subject, to: row.to })}
                  >
                    <Text>
                      <bdi>{row.subject}</bdi>
                    </Text>
                    <Text size="sm" c="dimmed">
                      {t(`outbox.kinds.${row.kind}`)} · <bdi>{row.to}</bdi>
                    </Text>
                  </UnstyledButton>
                  <Text size="sm" c="dimmed" title={fullStamp(row.at)}>
                    {formatPastTime(row.at)}
                  </Text>
                </li>
              ))}
            </ol>
          )}
          <KeptTexts open={message?.channel === 'text' ? message.id : null} />
        </div>
        <div className="outbox-mail">
          {mails.length > 0 && mail === null && <Text c="dimmed">{t('outbox.choose')}</Text>}
          {mail !== null && <OpenMail key={mail.id} mail={mail} />}
        </div>
      </div>
    </main>
  );
}
