import { useState } from 'react';
import { Button, Group, Progress, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { errorCodes } from '../../shared/errors/codes.ts';
import type { ImportView } from '../../shared/api/import.ts';
import type { Failure } from '../../shared/errors/result.ts';
import { failureOf, useConsoleBridge, valueOf } from '../bridge/console-bridge.ts';
import { FailureLine } from '../failure/failure-line.tsx';
import { useWords } from '../texts/use-words.ts';
import { isSettled, useImportProgress } from './use-import-progress.ts';

interface ImportRunProps {
  readonly started: ImportView;
  readonly onAgain: () => void;
  readonly onDesk: () => void;
}

/** An import on its way, then what came of it. */
export function ImportRun({ started, onAgain, onDesk }: ImportRunProps) {
  const words = useWords();
  const bridge = useConsoleBridge();
  const progress = useImportProgress(started);
  const view = progress.view ?? started;
  const [failure, setFailure] = useState<Failure | null>(null);
  const cancel = async () => {
    const result = await bridge.imports.cancel({ params: { importId: started.id } });
    setFailure(result.ok ? null : result.failure);
  };
  if (isSettled(view)) return <ImportResult view={view} onAgain={onAgain} onDesk={onDesk} />;
  const part = view.bytesTotal === null || view.bytesTotal === 0 ? 0 : view.bytesRead / view.bytesTotal;
  return (
    <section className="import-run" aria-label={words('import.running.title', { name: view.fileName })}>
      <h2 className="page-title">
        <bdi>{words('import.running.title', { name: view.fileName })}</bdi>
      </h2>
      <Progress
        my={12}
        value={Math.min(100, part * 100)}
        aria-label={words('import.running.progress')}
        transitionDuration={0}
      />
      <Text className="numbers" c="dimmed">
        {words('import.running.rows', { count: view.rows })}
      </Text>
      <FailureLine failure={failure ?? progress.failure} />
      <Group mt={16} gap={12}>
        <Button variant="default" onClick={() => void cancel()}>
          {words('import.running.cancel')}
        </Button>
        <Text size="sm" c="dimmed">
          {words('import.running.cancelHint')}
        </Text>
      </Group>
    </section>
  );
}

function ImportResult({
  view,
  onAgain,
  onDesk,
}: Omit<ImportRunProps, 'started'> & { readonly view: ImportView }) {
  const words = useWords();
  const state = view.state === 'cancelled' || view.state === 'failed' ? view.state : 'finished';
  const code = errorCodes.find((one) => one === view.failure?.code) ?? 'internal.unexpected';
  return (
    <>
      <h2 className="page-title" role="status">
        {words(`import.result.${state}`)}
      </h2>
      {view.failure !== null && (
        <>
          <FailureLine failure={{ code, detail: view.failure.detail }} />
          <Text size="sm">
            {view.failure.line === null ? '' : words('import.result.line', { line: view.failure.line })}{' '}
            {view.failure.detail}
          </Text>
        </>
      )}
      <dl className="counts card">
        {(['created', 'changed', 'unchanged', 'refused'] as const).map((name) => (
          <div key={name}>
            <dt>{words(`import.result.${name}`)}</dt>
            <dd>{view[name].toLocaleString()}</dd>
          </div>
        ))}
      </dl>
      {view.refused > 0 && <RefusedRows importId={view.id} />}
      <Group gap={8}>
        <Button autoFocus onClick={onDesk}>
          {words('import.result.desk')}
        </Button>
        <Button variant="default" onClick={onAgain}>
          {words('import.result.again')}
        </Button>
      </Group>
    </>
  );
}

function RefusedRows({ importId }: { readonly importId: string }) {
  const words = useWords();
  const bridge = useConsoleBridge();
  const [saved, setSaved] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const query = useQuery({
    queryKey: ['import', importId, 'refusals'],
    queryFn: () => valueOf(bridge.imports.refusals({ params: { importId }, query: {} })),
  });
  const save = async () => {
    const result = await bridge.imports.saveReport({ importId });
    setFailure(result.ok ? null : result.failure);
    if (result.ok) setSaved(result.value);
  };
  const refusals = query.data?.refusals ?? [];
  return (
    <section aria-label={words('import.result.refusedTitle')}>
      <Group justify="space-between" mb={8}>
        <h3>{words('import.result.refusedTitle')}</h3>
        <Group gap={12}>
          <Text size="sm" role="status">
            {saved === null ? '' : words('import.result.saved', { name: saved })}
          </Text>
          <Button variant="default" onClick={() => void save()}>
            {words('import.result.save')}
          </Button>
        </Group>
      </Group>
      <FailureLine failure={failure ?? failureOf(query.error)} />
      <div
        className="import-table card"
        role="region"
        aria-label={words('import.result.refusedTitle')}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard
        tabIndex={0}
      >
        <table>
          <thead>
            <tr>
              {(['line', 'reason', 'detail'] as const).map((name) => (
                <th key={name} scope="col">
                  {words(`import.result.columns.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {refusals.map((refusal) => (
              <tr key={refusal.line}>
                <td className="numbers">{refusal.line.toLocaleString()}</td>
                <td>{words(`import.reasons.${refusal.reason}`)}</td>
                <td title={refusal.detail}>
                  <bdi>{refusal.detail}</bdi>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {query.data?.more === true && (
        <Text size="sm" c="dimmed" mt={8}>
          {words('import.result.more', { count: refusals.length })}
        </Text>
      )}
    </section>
  );
}
