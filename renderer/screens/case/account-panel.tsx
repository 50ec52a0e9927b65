import { useState } from 'react';
import { Button, Group, Kbd, Text } from '@mantine/core';
import type { AccountStatus, ContactView } from '../../../shared/api/account.ts';
import type { CaseView } from '../../../shared/api/case.ts';
import { clockTime, formatDate, formatPastTime } from '../../parts/clock/format-time.ts';
import { canWork } from './current-step.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { useTexts, type Translate } from '../../texts/use-texts.ts';
import { useConcealed } from '../../parts/concealed/use-concealed.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { OtherAccounts, TakenOverNote } from './other-accounts.tsx';
import { PhraseDialog } from './phrase-dialog.tsx';
import { RequirementNote } from './requirement-note.tsx';
import { MemoryNote } from '../../parts/memory/memory-note.tsx';
import { useScreenKeys } from '../../parts/keys/screen-keys.ts';

/** When the password was set: the time if it was today, otherwise the number of days. */
function passwordAge(t: Translate, at: string): string {
  const [day, today] = [new Date(at), new Date()];
  day.setHours(0, 0, 0, 0);
  today.setHours(0, 0, 0, 0);
  const count = Math.round((today.getTime() - day.getTime()) / 86_400_000);
  return count < 1
    ? t('case.who.passwordToday', { time: clockTime(at) })
    : t('case.who.passwordSet', { count });
}

/** A status, with the time since or from which it holds if that is known. */
function statusText(
  t: Translate,
  status: AccountStatus,
  { lockedSince, startsAt }: CaseView['account'],
): string {
  if (status === 'locked' && lockedSince !== null)
    return t('case.who.lockedSince', { time: formatPastTime(lockedSince) });
  if (status === 'not-started' && startsAt !== null)
    return t('case.who.starts', { date: formatDate(startsAt) });
  return t(`case.statuses.${status}`);
}

/** An email address that wraps before its host. */
function Address({ value }: { readonly value: string }) {
  const at = value.lastIndexOf('@');
  if (at < 1) return value;
  return (
    <>
      {value.slice(0, at)}
      <wbr />
      {value.slice(at)}
    </>
  );
}

/** What the operator has to know before the caller is verified, since no reset is possible; null if one is. */
function barringText(t: Translate, { statuses, startsAt, expiresAt }: CaseView['account']): string | null {
  if (statuses.includes('disabled')) return t('case.who.disabledWhy');
  if (startsAt !== null) return t('case.who.notStartedWhy', { date: formatDate(startsAt) });
  if (statuses.includes('expired') && expiresAt !== null)
    return t('case.who.expiredWhy', { date: formatDate(expiresAt) });
  return null;
}

/** What is known about the account's owner. `contact`: the unmasked data while it is shown. */
function AccountFacts({
  account,
  contact,
}: {
  readonly account: CaseView['account'];
  readonly contact: ContactView | null;
}) {
  const t = useTexts();
  const none = t('case.who.none');
  const facts: [string, string][] = [
    ['email', (contact === null ? account.emailMasked : contact.email) ?? none],
    ['phone', (contact === null ? account.phoneMasked : contact.phone) ?? none],
    ['department', account.department ?? '–'],
    ['manager', account.manager ?? '–'],
    ['employeeNumber', account.employeeNumber ?? '–'],
    [
      'directory',
      [account.directoryName, t(`case.directories.${account.directory}`)]
        .filter((part) => part !== null)
        .join(' · '),
    ],
    [
      'password',
      account.passwordSetAt === null ? t('case.who.passwordNever') : passwordAge(t, account.passwordSetAt),
    ],
  ];
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{t(`case.who.${name}`)}</dt>
          <dd>
            <bdi>{name === 'email' ? <Address value={value} /> : value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The account's owner, masked contact data and the warnings of its recent history. */
export function AccountPanel({
  view,
  onOpenCase,
}: {
  readonly view: CaseView;
  readonly onOpenCase?: ((caseId: string) => void) | undefined;
}) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const { account } = view;
  const barring = barringText(t, account);
  const { shown: contact, failure, read, drop } = useConcealed<ContactView>();
  const [proving, setProving] = useState(false);
  const toggle = () => {
    if (contact !== null) return drop();
    void read(bridge.accounts.unmask({ params: { accountId: account.id }, body: { caseId: view.id } }));
  };
  useScreenKeys((key) => {
    if (!canWork(view)) return false;
    if (key === 'u') toggle();
    else if (key === 'p' && account.emailMasked !== null) setProving(true);
    else return false;
    return true;
  });
  return (
    <aside className="case-left" data-testid="case-account" aria-label={t('case.who.title')}>
      <Text component="h1" fz={20} fw={600} m={0} lh={1.3}>
        <bdi>{account.displayName}</bdi>
      </Text>
      <Text c="dimmed">
        <bdi>{account.userName}</bdi>
      </Text>
      <Group gap={8} mt={10} className="badges">
        {account.statuses.map((status) => (
          <span key={status} className="badge" data-look={status === 'active' ? undefined : 'warn'}>
            {statusText(t, status, account)}
          </span>
        ))}
        <span className="badge" data-look={account.tier === 'standard' ? undefined : account.tier}>
          {t(`case.tiers.${account.tier}`)}
        </span>
      </Group>
      {account.frozen !== null && (
        <div className="note" role="alert">
          <Text fw={600} size="sm">
            {t('case.who.frozen', { time: formatPastTime(account.frozen.at) })}
          </Text>
          <Text size="sm">{t('case.who.frozenWhy')}</Text>
        </div>
      )}
      {barring !== null && (
        <div className="note" data-testid="case-no-sign-in">
          <Text size="sm">{barring}</Text>
        </div>
      )}
      <AccountFacts account={account} contact={contact} />
      <RequirementNote required={view.requiredReset} />
      <MemoryNote view={view} onOpenCase={onOpenCase} />
      <OtherAccounts view={view} onOpenCase={onOpenCase} />
      <TakenOverNote view={view} />
      <div className="account-actions">
        {canWork(view) && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            data-testid="case-show-contact"
            onClick={toggle}
            rightSection={<Kbd aria-hidden>U</Kbd>}
          >
            {t(contact === null ? 'case.who.unmask' : 'case.who.mask')}
          </Button>
        )}
        {canWork(view) && account.emailMasked !== null && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            data-testid="case-prove"
            onClick={() => setProving(true)}
            rightSection={<Kbd aria-hidden>P</Kbd>}
          >
            {t('case.phrase.button')}
          </Button>
        )}
      </div>
      <FailureLine failure={failure} />
      {proving && <PhraseDialog view={view} onClose={() => setProving(false)} />}
    </aside>
  );
}
