import { useState } from 'react';
import { Progress, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ImportView } from '../../../shared/api/import-view.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { formatFutureTime } from '../../parts/clock/format-time.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { ImportActions } from './import-actions.tsx';
import { ImportPlan } from './import-plan.tsx';
import { RefusedRows } from './refused-rows.tsx';
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
  return (
    <>
      <div role="status">
        <Text component="h2" fz={15} fw={600} m={0}>
          {title}
        </Text>
      </div>
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
      {!running && view.refused > 0 && <RefusedRows importId={view.id} refused={view.refused} />}
      {view.undoUntil !== null && (
        <Text c="dimmed">
          {t('import.undoUntil', { time: formatFutureTime(view.undoUntil) })} {t('import.undoLead')}
        </Text>
      )}
      <FailureLine failure={uploadFailure} />
      <FailureLine failure={failure ?? (running ? progressFailure : null)} />
      {saved !== null && <Text role="status">{t('import.saved', { name: saved })}</Text>}
      <ImportActions
        view={view}
        running={running}
        canLeave={(progressFailure ?? failure) !== null}
        isReady={view.state === 'ready' && uploadFailure === null}
        isBusy={isBusy}
        onCancel={() => void cancel()}
        onReport={() => void save()}
        onDone={onDone}
        onAgain={onAgain}
        onConfirm={onConfirm}
        onUndo={onUndo}
      />
    </>
  );
}
