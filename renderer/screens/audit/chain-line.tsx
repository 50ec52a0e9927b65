import { Button, Text } from '@mantine/core';
import { IconAlertTriangle, IconLink } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ChainState } from '../../../shared/api/audit.ts';
import { failureOf, useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { useTexts, type Translate } from '../../texts/use-texts.ts';

function chainText(t: Translate, { check }: ChainState): string {
  if (check.state === 'broken' && check.fault !== null) {
    const { kind, seq, to } = check.fault;
    return t('audit.chain.broken', { what: t(`audit.chain.faults.${kind}`, { seq, to }) });
  }
  return t(`audit.chain.${check.state}`, { upTo: check.upTo });
}

/** Whether the hash chain is intact, how far it is signed, and with which key. */
export function ChainLine() {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const client = useQueryClient();
  const query = useQuery({
    queryKey: ['audit', 'chain'],
    queryFn: () => valueOf(bridge.audit.chain({})),
    refetchInterval: ({ state }) => (state.data?.check.state === 'checking' ? 1000 : 15_000),
    retry: false,
  });
  const again = async () => {
    const result = await bridge.audit.check({});
    if (result.ok) client.setQueryData(['audit', 'chain'], result.value);
  };
  const chain = query.data;
  const broken = chain?.check.state === 'broken';
  const Icon = broken ? IconAlertTriangle : IconLink;
  return (
    <div className="chain-line" data-testid="audit-chain" data-broken={broken}>
      <FailureLine read={failureOf(query.error)} />
      {chain !== undefined && (
        <>
          <Icon size={18} stroke={1.7} aria-hidden />
          <div>
            <Text
              role={broken ? 'alert' : 'status'}
              size="sm"
              fw={500}
              className={broken ? 'refused-text' : 'chain-text'}
            >
              {chainText(t, chain)}
            </Text>
            <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {chain.signed === null
                ? t('audit.chain.unsigned')
                : t('audit.chain.signed', { seq: chain.signed.seq, keyId: chain.keyId })}
              {' · '}
              {t('audit.chain.key')} <code>{chain.publicKey}</code>
            </Text>
          </div>
          <Button
            variant="default"
            size="compact-sm"
            disabled={chain.check.state === 'checking'}
            onClick={() => void again()}
          >
            {t('audit.chain.again')}
          </Button>
        </>
      )}
    </div>
  );
}
