import { useState } from 'react';
import { Button, Kbd, Text } from '@mantine/core';
import type { LinkedAccount } from '../../../shared/api/account-link.ts';
import type { CaseView } from '../../../shared/api/case.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { formatPastTime, fullStamp } from '../../parts/clock/format-time.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { useScreenKeys } from '../../parts/keys/screen-keys.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { canWork } from './current-step.ts';

/**
 * The person's accounts in other directories, each with a case of its own under the evidence of this call. O opens the first. Nothing for a person with
 * one account.
 */
export function OtherAccounts({
  view,
  onOpenCase,
}: {
  readonly view: CaseView;
  readonly onOpenCase: ((caseId: string) => void) | undefined;
}) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, setBusy] = useState(false);
  const openable =
    canWork(view) && onOpenCase !== undefined
      ? view.otherAccounts.filter(({ outOfScope }) => !outOfScope)
      : [];
  const [first] = openable;
  const open = async (account: LinkedAccount) => {
    setBusy(true);
    const result = await bridge.cases.openLinked({
      params: { caseId: view.id },
      body: { accountId: account.accountId },
    });
    setBusy(false);
    setFailure(result.ok ? null : result.failure);
    if (result.ok) onOpenCase?.(result.value.id);
  };
  useScreenKeys((key) => {
    if (key !== 'o' || first === undefined || isBusy) return false;
    void open(first);
    return true;
  });
  if (view.otherAccounts.length === 0) return null;
  return (
    <section className="other-accounts" data-testid="case-other-accounts" aria-label={t('case.others.title')}>
      <Text component="h2" fz="sm" fw={600} m={0}>
        {t('case.others.title')}
      </Text>
      <ul>
        {view.otherAccounts.map((account) => {
          const directory = account.directoryName ?? t(`case.directories.${account.directory}`);
          return (
            <li key={account.linkId} data-testid="case-other-account">
              <div>
                <bdi>{directory}</bdi>: <bdi>{account.userName}</bdi>{' '}
                {account.statuses
                  .filter((status) => status !== 'active')
                  .map((status) => (
                    <span key={status} className="badge" data-look="warn">
                      {t(`case.statuses.${status}`)}
                    </span>
                  ))}
                {account.tier !== 'standard' && (
                  <span className="badge" data-look={account.tier}>
                    {t(`case.tiers.${account.tier}`)}
                  </span>
                )}
              </div>
              <Text size="sm" c="dimmed" title={fullStamp(account.linkedAt)}>
                {t(`case.others.why.${account.why}`, { time: formatPastTime(account.linkedAt) })}
              </Text>
              {account.outOfScope && (
                <Text size="sm" c="dimmed">
                  {t('case.others.outOfScope')}
                </Text>
              )}
              {openable.includes(account) && (
                <Button
                  mt={4}
                  variant="default"
                  size="compact-sm"
                  data-testid="case-also-reset"
                  disabled={isBusy}
                  onClick={() => void open(account)}
                  rightSection={account === first ? <Kbd aria-hidden>O</Kbd> : null}
                >
                  {account.directoryName === null
                    ? t('case.others.alsoResetHere')
                    : t('case.others.alsoReset', { directory })}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      <FailureLine failure={failure} />
    </section>
  );
}

/** What counts in this case of the evidence of a case about another account of the person. */
export function TakenOverNote({ view }: { readonly view: CaseView }) {
  const t = useTexts();
  const { takenOver } = view;
  if (takenOver === null) return null;
  const { number, userName, checks } = takenOver;
  const names = checks.map((kind) => t(`case.checkNames.${kind}`)).join(', ');
  return (
    <Text size="sm" mt={12} data-testid="case-taken-over">
      {checks.length > 0
        ? t('case.others.counts', { number, userName, checks: names })
        : t('case.others.countsNot', { number, userName })}
    </Text>
  );
}
