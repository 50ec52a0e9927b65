import { useState } from 'react';
import { Button, Group, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { Failure, Result } from '../../../shared/errors/result.ts';
import { AccountName } from '../../parts/account-name/account-name.tsx';
import { useDraft } from '../../parts/drafts/drafts.tsx';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { useProven } from '../../parts/proof/use-proven.tsx';
import { useTexts } from '../../texts/use-texts.ts';

interface HeldAccountProps {
  readonly account: { readonly displayName: string; readonly userName: string };
  /** The text that says why it is held. */
  readonly line: string;
  /** Why this approver cannot release it, in words; null when they can. */
  readonly obstacle: string | null;
  /** The catalogue key of its texts: `release`, `reason`, `confirm`, `cancel`. */
  readonly textsKey: string;
  readonly leastReason: number;
  readonly release: (reason: string) => Promise<Result<unknown>>;
}

/** An account that is frozen or flagged until an approver releases it with a reason. */
export function HeldAccount({ account, line, obstacle, textsKey, leastReason, release }: HeldAccountProps) {
  const t = useTexts();
  const client = useQueryClient();
  const { run, dialog } = useProven();
  const [releasing, setReleasing] = useState(false);
  const [reason, setReason] = useDraft(`release ${textsKey} ${account.userName} reason`);
  const [failure, setFailure] = useState<Failure | null>(null);
  const confirm = async () => {
    const result = await run(() => release(reason));
    setFailure(result.ok ? null : result.failure);
    if (result.ok) setReason('');
    if (result.ok) await client.invalidateQueries({ queryKey: ['queue'] });
  };
  return (
    <div className="flag" data-testid="queue-account">
      <Text fw={500}>
        <AccountName account={account} />
      </Text>
      <Text size="sm">{line}</Text>
      {dialog}
      {obstacle !== null ? (
        <Text size="sm" c="dimmed">
          {obstacle}
        </Text>
      ) : releasing ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void confirm();
          }}
        >
          <TextInput
            autoFocus
            data-testid="queue-release-reason"
            label={t(`${textsKey}.reason`)}
            minLength={leastReason}
            required
            withAsterisk={false}
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <FailureLine failure={failure} />
          <Group gap={8} mt={8}>
            <Button type="submit" size="compact-sm" data-testid="queue-release-confirm">
              {t(`${textsKey}.confirm`)}
            </Button>
            <Button variant="default" size="compact-sm" onClick={() => setReleasing(false)}>
              {t(`${textsKey}.cancel`)}
            </Button>
          </Group>
        </form>
      ) : (
        <Button
          variant="default"
          size="compact-sm"
          mt={4}
          data-testid="queue-release"
          onClick={() => setReleasing(true)}
        >
          {t(`${textsKey}.release`)}
        </Button>
      )}
    </div>
  );
}
