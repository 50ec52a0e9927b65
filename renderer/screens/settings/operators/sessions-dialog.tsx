import { useState } from 'react';
import { Button, Group, Modal, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { OperatorRow } from '../../../../shared/api/operators.ts';
import type { Failure } from '../../../../shared/errors/result.ts';
import { failureOf, useConsoleBridge, valueOf } from '../../../bridge/console-bridge.ts';
import { FailureLine } from '../../../parts/failure/failure-line.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { SessionTable } from './session-table.tsx';

interface SessionsDialogProps {
  readonly row: OperatorRow;
  readonly onClose: () => void;
}

/** The open sessions of one operator. */
export function SessionsDialog({ row, onClose }: SessionsDialogProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [failure, setFailure] = useState<Failure | null>(null);
  const params = { operatorId: row.id };
  const query = useQuery({
    queryKey: ['operators', row.id, 'sessions'],
    queryFn: () => valueOf(bridge.operators.sessions({ params })),
    retry: false,
  });
  const end = async (sessionId: string | undefined) => {
    const result = await bridge.operators.endSessions({
      params,
      body: { ...(sessionId !== undefined && { sessionId }) },
    });
    setFailure(result.ok ? null : result.failure);
    await query.refetch();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={<bdi>{t('operators.sessions.title', { name: row.displayName })}</bdi>}
      withCloseButton={false}
    >
      <FailureLine failure={failure} read={failureOf(query.error)} />
      {query.isPending && <Skeleton height={80} />}
      {query.data !== undefined && (
        <SessionTable
          sessions={query.data.sessions}
          onEnd={(sessionId) => void end(sessionId)}
          endAllLabel={t('operators.sessions.endAll')}
        />
      )}
      <Group mt={16} justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('operators.sessions.close')}
        </Button>
      </Group>
    </Modal>
  );
}
