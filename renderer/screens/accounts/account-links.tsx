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

/** A change of a link that waits for its reason. */
interface Asked {
  readonly act: 'unlink' | 'relink';
  readonly account: Pick<LinkedAccount, 'linkId' | 'userName' | 'displayName'>;
}

/** Shows which accounts of several directories belong to one person, unlinks those that do not, and links again what was unlinked by mistake. */
export function AccountLinks() {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const queries = useQueryClient();
  const proven = useProven();
  const outcome = useOutcome();
  const [text, setText] = useState('');
  const [asked, setAsked] = useState<Asked | null>(null);
  const { found, failure } = useAccountSearch(text);
  const change = async (reason: string) => {
    if (asked === null) return;
    const { act, account } = asked;
    const { linkId, displayName: name } = account;
    const isDone = await outcome.settle(
      proven.run(() => bridge.accountLinks[act]({ params: { linkId }, body: { reason } })),
      () => t(`accounts.links.${act}ed`, { name }),
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
      {outcome.message !== '' && (
        <Text role="status" mt={12}>
          {outcome.message}
        </Text>
      )}
      {proven.dialog}
      {asked !== null && (
        <ReasonDialog
          title={t(`accounts.links.${asked.act}Title`, { name: asked.account.userName })}
          action={t(`accounts.links.${asked.act}`)}
          failure={outcome.failure}
          onConfirm={change}
          onCancel={() => {
            setAsked(null);
          }}
        >
          {t(`accounts.links.${asked.act}Lead`)}
        </ReasonDialog>
      )}
      {asked === null && <FailureLine failure={outcome.failure} read={failure} />}
    </section>
  );
}

interface LinksProps {
  readonly hit: AccountHit;
  readonly onAsk: (asked: Asked) => void;
}

/** One found account, the accounts that are linked with it, and those that an administrator has unlinked. */
function Links({ hit, onAsk }: LinksProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const { data } = useQuery({
    queryKey: ['account-links', hit.id],
    queryFn: () => valueOf(bridge.accountLinks.list({ params: { accountId: hit.id } })),
  });
  const { accounts = [], unlinked = [] } = data ?? {};
  const directoryOf = ({ directoryName, directory }: Pick<LinkedAccount, 'directory' | 'directoryName'>) =>
    directoryName ?? t(`search.directories.${directory}`);
  const own = hit.directory?.name ?? t(`search.directories.${hit.directory?.kind ?? 'built-in'}`);
  return (
    <div data-testid="link-hit">
      <Text mt={12}>
        <bdi>{hit.displayName}</bdi>{' '}
        <bdi className="dimmed">
          {hit.userName} · {own}
        </bdi>
      </Text>
      {data !== undefined && accounts.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('accounts.links.none')}
        </Text>
      )}
      {accounts.map((account) => (
        <Group key={account.linkId} mt={4} ml={16} justify="space-between" data-testid="link-row">
          <Text size="sm">
            <bdi>{account.userName}</bdi> <span className="dimmed">·</span>{' '}
            <bdi className="dimmed">{directoryOf(account)}</bdi> <span className="dimmed">·</span>{' '}
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
              onAsk({ act: 'unlink', account });
            }}
          >
            {t('accounts.links.unlink')}
          </Button>
        </Group>
      ))}
      {unlinked.map((account) => (
        <Group key={account.linkId} mt={4} ml={16} justify="space-between" data-testid="link-unlinked-row">
          <Text size="sm" c="dimmed">
            <bdi>{account.userName}</bdi> · <bdi>{directoryOf(account)}</bdi> ·{' '}
            {t('accounts.links.wasUnlinked', {
              time: formatPastTime(account.unlinkedAt),
              reason: account.reason,
            })}
          </Text>
          <Button
            variant="default"
            size="compact-sm"
            data-testid="link-relink"
            onClick={() => {
              onAsk({ act: 'relink', account });
            }}
          >
            {t('accounts.links.relink')}
          </Button>
        </Group>
      ))}
    </div>
  );
}
