import { useState } from 'react';
import { Badge, Button, Group, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { AccountHit } from '../../../shared/api/account.ts';
import type { LinkedAccount } from '../../../shared/api/account-link.ts';
import { useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { formatPastTime } from '../../parts/clock/format-time.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { useOutcome } from '../../parts/forms/use-outcome.ts';
import { useProven } from '../../parts/proof/use-proven.tsx';
import { useAccountSearch } from '../../parts/search/use-account-search.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { ReasonDialog } from './reason-dialog.tsx';

/** Shows which accounts of several directories belong to one person, and unlinks those that do not. */
export function AccountLinks() {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const queries = useQueryClient();
  const proven = useProven();
  const outcome = useOutcome();
  const [text, setText] = useState('');
  const [asked, setAsked] = useState<LinkedAccount | null>(null);
  const { found, failure } = useAccountSearch(text);
  const unlink = async (reason: string) => {
    if (asked === null) return;
    const { linkId, displayName: name } = asked;
    const isDone = await outcome.settle(
      proven.run(() => bridge.accountLinks.unlink({ params: { linkId }, body: { reason } })),
      () => t('accounts.links.unlinked', { name }),
    );
    if (!isDone) return;
    setAsked(null);
    await queries.invalidateQueries({ queryKey: ['account-links'] });
  };
  return (
    <section aria-label={t('accounts.links.title')}>
      <h2>{t('accounts.links.title')}</h2>
      <Text c="dimmed">{t('accounts.links.lead')}</Text>
      <TextInput
        mt={8}
        label={t('accounts.links.find')}
        data-testid="link-find"
        value={text}
        onChange={({ currentTarget: { value } }) => {
          setText(value);
        }}
      />
      {(found?.hits ?? []).slice(0, 8).map((hit) => (
        <Links key={hit.id} hit={hit} onAsk={setAsked} />
      ))}
      {outcome.message !== '' && <Text role="status">{outcome.message}</Text>}
      {proven.dialog}
      {asked !== null && (
        <ReasonDialog
          title={t('accounts.links.unlinkTitle', { name: asked.userName })}
          action={t('accounts.links.unlink')}
          failure={outcome.failure}
          onConfirm={unlink}
          onCancel={() => {
            setAsked(null);
          }}
        >
          {t('accounts.links.unlinkLead')}
        </ReasonDialog>
      )}
      <FailureLine failure={asked === null ? (failure ?? outcome.failure) : null} />
    </section>
  );
}

interface LinksProps {
  readonly hit: AccountHit;
  readonly onAsk: (account: LinkedAccount) => void;
}

/** One found account and the accounts that are linked with it. */
function Links({ hit, onAsk }: LinksProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const { data = [] } = useQuery({
    queryKey: ['account-links', hit.id],
    queryFn: async () =>
      (await valueOf(bridge.accountLinks.list({ params: { accountId: hit.id } }))).accounts,
  });
  const own = hit.directory?.name ?? t(`search.directories.${hit.directory?.kind ?? 'built-in'}`);
  return (
    <div data-testid="link-hit">
      <Text mt={12}>
        <bdi>{hit.displayName}</bdi>{' '}
        <bdi className="dimmed">
          {hit.userName} · {own}
        </bdi>
      </Text>
      {data.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('accounts.links.none')}
        </Text>
      )}
      {data.map((account) => (
        <Group key={account.linkId} mt={4} ml={16} justify="space-between" data-testid="link-row">
          <Text size="sm">
            <bdi>{account.userName}</bdi>{' '}
            <bdi className="dimmed">
              {account.directoryName ?? t(`search.directories.${account.directory}`)}
            </bdi>{' '}
            {account.statuses
              .filter((status) => status !== 'active')
              .map((status) => (
                <Badge key={status} variant="light" color="gray">
                  {t(`search.statuses.${status}`)}
                </Badge>
              ))}{' '}
            <span className="dimmed">
              {t(`case.others.why.${account.why}`, { time: formatPastTime(account.linkedAt) })}
            </span>
          </Text>
          <Button
            variant="default"
            size="compact-sm"
            data-testid="link-unlink"
            onClick={() => {
              onAsk(account);
            }}
          >
            {t('accounts.links.unlink')}
          </Button>
        </Group>
      ))}
    </div>
  );
}
