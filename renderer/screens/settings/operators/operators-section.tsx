import { useState } from 'react';
import { Button, Group, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { OperatorRow } from '../../../../shared/api/operators.ts';
import type { Failure, Result } from '../../../../shared/errors/result.ts';
import { failureOf, useConsoleBridge, valueOf } from '../../../bridge/console-bridge.ts';
import { FailureLine } from '../../../parts/failure/failure-line.tsx';
import { isProposed } from '../../../parts/protected-changes/sent-change.ts';
import { useProven } from '../../../parts/proof/use-proven.tsx';
import { SettingsSection } from '../../../parts/forms/settings-section.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { ConfirmDialog, type Confirmed } from './confirm-dialog.tsx';
import { OperatorForm, type OperatorFields } from './operator-form.tsx';
import { OperatorListDialog } from './operator-list-dialog.tsx';
import { OperatorTable, type OperatorAction } from './operator-table.tsx';
import { SessionsDialog } from './sessions-dialog.tsx';
import './operators.css';

type Open =
  | { readonly dialog: 'invite' | 'list' }
  | { readonly dialog: 'edit' | 'sessions' | Confirmed; readonly row: OperatorRow };

/** The calls of the section, each with a recent proof. They answer the failure, or null after closing the open dialog. */
function useOperatorCalls(onDone: (message: string) => void) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const { run, dialog: proofDialog } = useProven();
  const query = useQuery({
    queryKey: ['operators'],
    queryFn: () => valueOf(bridge.operators.list({})),
    retry: false,
  });
  /** Makes a call with a recent proof, then closes the dialog and reads the list again. Answers the failure, or null. */
  const submit = async (call: () => Promise<Result<unknown>>, done = ''): Promise<Failure | null> => {
    const result = await run(call);
    if (!result.ok) return result.failure;
    onDone(isProposed(result.value) ? t('protectedChanges.sentShort') : done);
    await query.refetch();
    return null;
  };
  const invite = ({ account: _account, ...person }: OperatorFields) =>
    submit(
      () => bridge.operators.invite({ body: { ...person, roles: [...person.roles] } }),
      t('operators.done.invited', { name: person.displayName }),
    );
  const edit = async (row: OperatorRow, fields: OperatorFields): Promise<Failure | null> => {
    const typed = fields.account.trim();
    let linkedAccountId = row.linkedAccount?.id ?? null;
    if (typed === '') linkedAccountId = null;
    else if (typed !== row.linkedAccount?.userName) {
      const found = await bridge.accounts.search({ query: { q: typed, limit: 5 } });
      if (!found.ok) return found.failure;
      const hit = found.value.hits.find(({ userName }) => userName.toLowerCase() === typed.toLowerCase());
      if (!hit) return { code: 'account.not-found' };
      linkedAccountId = hit.id;
    }
    const { displayName, email, roles, scope } = fields;
    const body = {
      displayName,
      email: email === '' ? null : email,
      roles: [...roles],
      scope,
      linkedAccountId,
    };
    return submit(() => bridge.operators.change({ params: { operatorId: row.id }, body }));
  };
  const submitConfirmed = (what: Confirmed, row: OperatorRow) => {
    const params = { operatorId: row.id };
    const calls = {
      secondFactor: () => bridge.operators.resetSecondFactor({ params }),
      unlink: () => bridge.operators.unlinkProvider({ params }),
      linkDirectory: () => bridge.operators.linkDirectory({ params }),
      unlinkDirectory: () => bridge.operators.unlinkDirectory({ params }),
      revoke: () => bridge.operators.revokeLink({ params }),
      disable: () => bridge.operators.setState({ params, body: { state: 'disabled' } }),
      remove: () => bridge.operators.setState({ params, body: { state: 'removed' } }),
    } as const;
    return submit(calls[what]);
  };
  return { query, proofDialog, run, submit, invite, edit, submitConfirmed };
}

/** The operators, with the actions to invite, edit, disable and remove them. */
export function OperatorsSection() {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [open, setOpen] = useState<Open | null>(null);
  const [message, setMessage] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const { query, proofDialog, run, submit, invite, edit, submitConfirmed } = useOperatorCalls((done) => {
    setOpen(null);
    setMessage(done);
  });
  const act = async (row: OperatorRow, action: OperatorAction) => {
    const params = { operatorId: row.id };
    setFailure(null);
    setMessage('');
    switch (action) {
      case 'invitation':
      case 'password':
        return setFailure(
          await submit(
            () => bridge.operators.sendLink({ params }),
            t('operators.done.sent', { name: row.displayName }),
          ),
        );
      case 'unlock':
        return setFailure(await submit(() => bridge.operators.unlock({ params })));
      case 'enable':
        return setFailure(
          await submit(() => bridge.operators.setState({ params, body: { state: 'active' } })),
        );
      default:
        return setOpen({ dialog: action, row });
    }
  };
  const { departments = [], directories = [] } = query.data ?? {};
  const close = () => setOpen(null);
  return (
    <SettingsSection title={t('operators.title')} name="operators">
      <FailureLine failure={failure} read={failureOf(query.error)} />
      {query.isPending && <Skeleton role="progressbar" height={120} aria-label={t('operators.loading')} />}
      {query.data !== undefined && (
        <OperatorTable
          rows={query.data.operators}
          directories={directories}
          onAction={(row, action) => void act(row, action)}
        />
      )}
      <Group mt={12}>
        <Button
          variant="default"
          data-testid="settings-operators-invite"
          onClick={() => {
            setMessage('');
            setOpen({ dialog: 'invite' });
          }}
        >
          {t('operators.invite')}
        </Button>
        <Button
          variant="default"
          data-testid="settings-operators-list"
          onClick={() => {
            setMessage('');
            setOpen({ dialog: 'list' });
          }}
        >
          {t('operators.list.open')}
        </Button>
        <Text size="sm" role="status">
          {message}
        </Text>
      </Group>
      {open?.dialog === 'invite' && (
        <OperatorForm
          row={null}
          departments={departments}
          directories={directories}
          onSubmit={invite}
          onClose={close}
        />
      )}
      {open?.dialog === 'list' && (
        <OperatorListDialog
          run={run}
          onDone={(done) => {
            close();
            setMessage(done);
            void query.refetch();
          }}
          onClose={close}
        />
      )}
      {open?.dialog === 'edit' && (
        <OperatorForm
          row={open.row}
          departments={departments}
          directories={directories}
          onSubmit={(fields) => edit(open.row, fields)}
          onClose={close}
        />
      )}
      {open?.dialog === 'sessions' && <SessionsDialog row={open.row} onClose={close} />}
      {open !== null && 'row' in open && open.dialog !== 'edit' && open.dialog !== 'sessions' && (
        <ConfirmDialog
          what={open.dialog}
          name={open.row.displayName}
          onConfirm={() => submitConfirmed(open.dialog as Confirmed, open.row)}
          onClose={close}
        />
      )}
      {proofDialog}
    </SettingsSection>
  );
}
