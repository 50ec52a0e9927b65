import { useState } from 'react';
import { Badge, Button, Group, Text, TextInput } from '@mantine/core';
import type { AccountHit } from '../../../shared/api/account.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { useOutcome } from '../../parts/forms/use-outcome.ts';
import { useProven } from '../../parts/proof/use-proven.tsx';
import { useAccountSearch } from '../../parts/search/use-account-search.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { ReasonDialog } from './reason-dialog.tsx';

/** Disables and enables accounts by hand, with a reason. */
export function AccountStates() {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const proven = useProven();
  const outcome = useOutcome();
  const [text, setText] = useState('');
  const [asked, setAsked] = useState<AccountHit | null>(null);
  const { found, failure } = useAccountSearch(text);
  const isDisabled = (hit: AccountHit) => hit.statuses.includes('disabled');
  const change = async (reason: string) => {
    if (asked === null) return;
    const call = { params: { accountId: asked.id }, body: { reason } };
    const { disable, enable } = bridge.accountStates;
    const done = isDisabled(asked) ? 'enabled' : 'disabled';
    const isDone = await outcome.settle(
      proven.run(() => (done === 'enabled' ? enable(call) : disable(call))),
      () => t(`accounts.states.${done}`, { name: asked.displayName }),
    );
    if (!isDone) return;
    setAsked(null);
    setText('');
  };
  return (
    <section aria-label={t('accounts.states.title')}>
      <h2>{t('accounts.states.title')}</h2>
      <Text c="dimmed">{t('accounts.states.lead')}</Text>
      <TextInput
        mt={8}
        label={t('accounts.states.find')}
        data-testid="state-find"
        value={text}
        onChange={({ currentTarget: { value } }) => {
          setText(value);
        }}
      />
      {(found?.hits ?? []).slice(0, 8).map((hit) => (
        <Group key={hit.id} mt={8} justify="space-between" data-testid="state-hit">
          <Text>
            <bdi>{hit.displayName}</bdi> <bdi className="dimmed">{hit.userName}</bdi>{' '}
            {hit.statuses.map((status) => (
              <Badge key={status} variant="light" color="gray">
                {t(`search.statuses.${status}`)}
              </Badge>
            ))}
          </Text>
          <Button
            variant="default"
            disabled={hit.outOfScope}
            data-testid={isDisabled(hit) ? 'state-enable' : 'state-disable'}
            onClick={() => {
              setAsked(hit);
            }}
          >
            {t(isDisabled(hit) ? 'accounts.states.enable' : 'accounts.states.disable')}
          </Button>
        </Group>
      ))}
      {outcome.message !== '' && <Text role="status">{outcome.message}</Text>}
      {proven.dialog}
      {asked !== null && (
        <ReasonDialog
          title={t(isDisabled(asked) ? 'accounts.states.enableTitle' : 'accounts.states.disableTitle', {
            name: asked.displayName,
          })}
          action={t(isDisabled(asked) ? 'accounts.states.enable' : 'accounts.states.disable')}
          failure={outcome.failure}
          onConfirm={change}
          onCancel={() => {
            setAsked(null);
          }}
        >
          {null}
        </ReasonDialog>
      )}
      {asked === null && <FailureLine failure={outcome.failure} read={failure} />}
    </section>
  );
}
