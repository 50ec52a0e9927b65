import { useState } from 'react';
import { Box, Button, Group, Modal, Table, Text } from '@mantine/core';
import {
  operatorListLimits,
  type OperatorListProblem,
  type OperatorListRow,
} from '../../../../shared/api/operator-list.ts';
import type { Failure, Result } from '../../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../../bridge/console-bridge.ts';
import { FailureLine } from '../../../parts/failure/failure-line.tsx';
import { ChooseFile } from '../../../parts/forms/choose-file.tsx';
import { isProposed } from '../../../parts/protected-changes/sent-change.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { TableRegion } from '../../../parts/table-region/table-region.tsx';

interface OperatorListDialogProps {
  /** Makes a call with a recent proof. */
  readonly run: <T>(call: () => Promise<Result<T>>) => Promise<Result<T>>;
  /** Reads the operators again and shows a message. */
  readonly onDone: (message: string) => void;
  readonly onClose: () => void;
}

interface ReadFile {
  readonly name: string;
  readonly rows: readonly OperatorListRow[];
  readonly isCut: boolean;
}

/** The bytes in base64, piece by piece, since a call takes a limited number of arguments. */
function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

const invitationOf = ({ displayName, userName, email, roles, scope }: OperatorListRow) => ({
  displayName,
  userName,
  email,
  roles,
  scope,
});

/** Reads a list of operators, shows what is wrong with each row, and invites those who can be invited. */
export function OperatorListDialog({ run, onDone, onClose }: OperatorListDialogProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [file, setFile] = useState<ReadFile | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, setBusy] = useState(false);
  const ready = file?.rows.filter(({ problem }) => problem === null) ?? [];

  const read = async (chosen: File) => {
    setFailure(null);
    if (chosen.size > operatorListLimits.bytes) return setFailure({ code: 'request.too-large' });
    setBusy(true);
    const bytes = await chosen.arrayBuffer().catch(() => null);
    const answer =
      bytes === null
        ? ({ ok: false, failure: { code: 'file.unreadable' } } as const)
        : await bridge.operators.readList({ body: { file: base64Of(new Uint8Array(bytes)) } });
    setBusy(false);
    if (!answer.ok) return setFailure(answer.failure);
    return setFile({ name: chosen.name, rows: answer.value.rows, isCut: answer.value.isCut });
  };
  const invite = async () => {
    setFailure(null);
    setBusy(true);
    const operators = ready.map(invitationOf);
    const answer = await run(() => bridge.operators.inviteList({ body: { operators } }));
    setBusy(false);
    if (!answer.ok) return setFailure(answer.failure);
    if (isProposed(answer.value)) return onDone(t('protectedChanges.sentShort'));
    const { invited, refused } = answer.value;
    // Someone else may have invited a person of the list in the meantime.
    const left = refused.map(({ userName }) => userName).join(', ');
    const done = t('operators.list.done', { count: invited.length });
    return onDone(left === '' ? done : `${done} ${t('operators.list.left', { names: left })}`);
  };

  return (
    <Modal opened onClose={onClose} size={920} title={t('operators.list.title')} withCloseButton={false}>
      <Text size="sm">{t('operators.list.lead')}</Text>
      <FailureLine failure={failure} />
      <Group mt={12}>
        <ChooseFile
          accept=".csv,.txt,.tsv,.xlsx"
          loading={isBusy}
          data-testid="operator-list-choose"
          inputTestId="operator-list-file"
          onFile={(chosen) => void read(chosen)}
        >
          {t('operators.list.choose')}
        </ChooseFile>
        <Text size="sm" role="status" data-testid="operator-list-count">
          {file !== null &&
            t('operators.list.ready', { name: file.name, count: ready.length, rows: file.rows.length })}
        </Text>
      </Group>
      {file?.isCut === true && (
        <Text size="sm">{t('operators.list.cut', { count: operatorListLimits.people })}</Text>
      )}
      {file !== null && file.rows.length > 0 && <ListRows rows={file.rows} />}
      <Group mt={16} justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('operators.form.cancel')}
        </Button>
        <Button
          disabled={ready.length === 0}
          loading={isBusy}
          data-testid="operator-list-invite"
          onClick={() => void invite()}
        >
          {t('operators.list.invite', { count: ready.length })}
        </Button>
      </Group>
    </Modal>
  );
}

function ListRows({ rows }: { readonly rows: readonly OperatorListRow[] }) {
  const t = useTexts();
  const problemOf = (problem: OperatorListProblem, detail: string | null) =>
    `${t(`operators.list.problems.${problem}`)}${detail === null || detail === '' ? '' : `: ${detail}`}`;
  return (
    <Box mt={12}>
      <TableRegion label={t('operators.list.rows')}>
        <Table data-testid="operator-list-rows">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('import.line')}</Table.Th>
              <Table.Th>{t('operators.form.displayName')}</Table.Th>
              <Table.Th>{t('operators.form.userName')}</Table.Th>
              <Table.Th>{t('operators.form.email')}</Table.Th>
              <Table.Th>{t('operators.form.roles')}</Table.Th>
              <Table.Th>{t('operators.form.departments')}</Table.Th>
              <Table.Th>{t('operators.list.state')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ line, displayName, userName, email, roles, scope, problem, detail }) => (
              <Table.Tr key={line}>
                <Table.Td>{line}</Table.Td>
                <Table.Td>
                  <bdi>{displayName}</bdi>
                </Table.Td>
                <Table.Td>
                  <bdi>{userName}</bdi>
                </Table.Td>
                <Table.Td>
                  <bdi>{email}</bdi>
                </Table.Td>
                <Table.Td>{roles.map((role) => t(`operators.roles.${role}`)).join(', ')}</Table.Td>
                <Table.Td>
                  {scope.departments.length === 0 ? t('operators.all') : scope.departments.join(', ')}
                </Table.Td>
                <Table.Td className="remarks">
                  {problem === null ? (
                    t('operators.list.good')
                  ) : (
                    <strong>{problemOf(problem, detail)}</strong>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </TableRegion>
    </Box>
  );
}
