import { useEffect, useRef } from 'react';
import { Text, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Value } from '../../../shared/bridge/contract.ts';
import { failureOf, useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { formatPastTime, fullStamp } from '../../parts/clock/format-time.ts';
import { useConcealed } from '../../parts/concealed/use-concealed.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { useTexts } from '../../texts/use-texts.ts';

/** Text messages that were kept instead of sent. `open`: the id of the one that a case leads to. */
export function KeptTexts({ open }: { readonly open: string | null }) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const query = useQuery({
    queryKey: ['outbox', 'texts'],
    queryFn: () => valueOf(bridge.outbox.listTexts({ query: {} })),
    retry: false,
    refetchInterval: 5000,
  });
  const { shown: kept, failure, read } = useConcealed<Value<'outbox', 'getText'>>();
  const texts = query.data?.texts ?? [];
  const opened = useRef(false);
  useEffect(() => {
    // Once, since each reading is recorded.
    if (open === null || opened.current) return;
    opened.current = true;
    void read(bridge.outbox.getText({ params: { textId: open } }));
  }, [bridge, open, read]);
  if (query.isPending || (texts.length === 0 && query.error === null)) return null;
  return (
    <section aria-label={t('outbox.texts.list')}>
      <Text component="h2" fz={16} fw={600} m={0} mb={8}>
        {t('outbox.texts.title')}
      </Text>
      <FailureLine failure={failure} read={failureOf(query.error)} />
      <ol className="checks">
        {texts.map((row) => (
          <li key={row.id} className="check" data-chosen={kept?.id === row.id}>
            <UnstyledButton
              className="check-text"
              data-testid="outbox-text"
              onClick={() => void read(bridge.outbox.getText({ params: { textId: row.id } }))}
              aria-label={t('outbox.texts.read', { to: row.to })}
            >
              <Text>
                <bdi>{row.to}</bdi>
              </Text>
              <Text size="sm" c="dimmed">
                {kept?.id === row.id ? <bdi>{kept.text}</bdi> : t(`outbox.kinds.${row.kind}`)}
              </Text>
            </UnstyledButton>
            <Text size="sm" c="dimmed" title={fullStamp(row.at)}>
              {formatPastTime(row.at)}
            </Text>
          </li>
        ))}
      </ol>
    </section>
  );
}
