import { useState } from 'react';
import { Button, Group, Progress, Table, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ImportView } from '../../../shared/api/import.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { ImportPlan } from './import-plan.tsx';
import { isRunning } from './use-import.ts';

const counts = ['created', 'changed', 'unchanged', 'closed', 'held', 'refused'] as const;

interface ImportProgressProps {
  readonly view: ImportView;
  /** Why the file could not be sent; the import is over then, whatever the server still says. */
  readonly uploadFailure: Failure | null;
  /** Why `view` could not be read again. */
  readonly progressFailure: Failure | null;
  readonly onDone: () => void;
  readonly onAgain: () => void;
  readonly onConfirm: () => void;
  readonly onUndo: () => void;
  readonly isBusy: boolean;
}

/** How far the reading of the file is, or the import of its rows. */
function percentOf({ state, applied, rows, refused, closed, bytesRead, bytesTotal }: ImportView): number {
  const [done, all] = state === 'running' ? [applied, rows - refused + closed] : [bytesRead, bytesTotal ?? 0];
  return all === 0 ? 0 : Math.min(100, (done / all) * 100);
}

/** The progress of an import, then its result with the refused rows. */
export function ImportProgress({
  view,
  uploadFailure,
  progressFailure,
  onDone,
  onAgain,
  onConfirm,
  onUndo,
  isBusy,
}: ImportProgressProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const client = useQueryClient();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [saved, setSaved] = useState<string | null>(null);
  const running = isRunning(view) && uploadFailure === null;
  const refusals = useQuery({
    queryKey: ['import', view.id, 'refusals', view.refused],
    queryFn: () => valueOf(bridge.imports.refusals({ params: { importId: view.id }, query: { limit: 100 } })),
    enabled: !running && view.refused > 0,
  });
  const cancel = async () => {
    const answer = await bridge.imports.cancel({ params: { importId: view.id } });
    setFailure(answer.ok ? null : answer.failure);
    if (answer.ok) client.setQueryData(['import', view.id], answer.value);
  };
  const save = async () => {
    const answer = await bridge.imports.saveReport({ importId: view.id });
    setFailure(answer.ok ? null : answer.failure);
    if (answer.ok) setSaved(answer.value);
  };
  const percent = percentOf(view);
  const title = running
    ? t(view.state === 'running' ? 'import.running' : 'import.reading', { name: view.fileName })
    : t(`import.states.${uploadFailure === null ? (view.state as 'ready') : 'failed'}`, {
        name: view.fileName,
      });
  const isReady = view.state === 'ready' && uploadFailure === null;
  const changes = view.created + view.changed + view.held + view.closed;
  return (
    <>
      <Text component="h2" fz={15} fw={600} m={0} role="status">
        {title}
      </Text>
      {running && <Progress value={percent} aria-label={title} transitionDuration={0} />}
      <Text c="dimmed">{t('import.rows', { count: view.rows })}</Text>
      {view.failure !== null && (
        <Text role="alert" c="red">
          {t(`failures.codes.${view.failure.code.replace('.', '_')}`)}{' '}
          {view.failure.line !== null && t('import.failedAt', { line: view.failure.line })}
        </Text>
      )}
      <dl className="numbers">
        {counts.map((name) => (
          <div key={name}>
            <dt>{t(`import.counts.${name}`)}</dt>
            <dd>{view[name].toLocaleString()}</dd>
          </div>
        ))}
      </dl>
      {view.undone !== null && (
        <Text role="status">
          {t('import.undone', { count: view.undone.restored })}
          {view.undone.kept > 0 && ` ${t('import.kept', { count: view.undone.kept })}`}
        </Text>
      )}
      {!running && uploadFailure === null && view.counts !== null && <ImportPlan view={view} />}
      {refusals.data !== undefined && refusals.data.refusals.length > 0 && (
        <div
          className="mapping"
          data-testid="import-refusals"
          tabIndex={0}
          role="region"
          aria-label={t('import.refused')}
        >
          <Table>
            <Table.Thead>
              <Table.Tr>
                {(['line', 'reason', 'detail'] as const).map((name) => (
                  <Table.Th key={name}>{t(`import.${name}`)}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {refusals.data.refusals.map(({ line, reason, detail }) => (
                <Table.Tr key={line}>
                  <Table.Td>{line}</Table.Td>
                  <Table.Td>{t(`import.reasons.${reason}`)}</Table.Td>
                  <Table.Td>
                    <bdi>{detail}</bdi>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      {view.undoUntil !== null && (
        <Text c="dimmed">
          {t('import.undoUntil', { time: new Date(view.undoUntil).toLocaleString() })} {t('import.undoLead')}
        </Text>
      )}
      <FailureLine failure={uploadFailure} />
      <FailureLine failure={failure ?? (running ? progressFailure : null)} />
      {saved !== null && <Text role="status">{t('import.saved', { name: saved })}</Text>}
      <Group>
        {running ? (
          <>
            <Button variant="default" data-testid="import-cancel" onClick={() => void cancel()}>
              {t('import.cancel')}
            </Button>
            {(progressFailure ?? failure) !== null && (
              <Button variant="default" data-testid="import-leave" onClick={onDone}>
                {t('import.toDesk')}
              </Button>
            )}
          </>
        ) : (
          <>
            {isReady ? (
              <>
                <Button
                  autoFocus
                  loading={isBusy}
                  disabled={changes === 0}
                  data-testid="import-confirm"
                  onClick={onConfirm}
                >
                  {t('import.confirm')}
                </Button>
                <Button variant="default" data-testid="import-cancel" onClick={() => void cancel()}>
                  {t('import.cancel')}
                </Button>
              </>
            ) : (
              <Button autoFocus data-testid="import-done" onClick={onDone}>
                {t('import.toDesk')}
              </Button>
            )}
            {view.undoUntil !== null && (
              <Button variant="default" loading={isBusy} data-testid="import-undo" onClick={onUndo}>
                {t('import.undo')}
              </Button>
            )}
            {view.refused > 0 && (
              <Button variant="default" data-testid="import-report" onClick={() => void save()}>
                {t('import.report')}
              </Button>
            )}
            <Button variant="default" data-testid="import-other" onClick={onAgain}>
              {t('import.other')}
            </Button>
          </>
        )}
      </Group>
    </>
  );
}
