import { useState } from 'react';
import { Button, Group, Progress, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ImportView } from '../../../shared/api/import.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { isRunning } from './use-import.ts';

const counts = ['created', 'changed', 'unchanged', 'refused'] as const;

interface ImportProgressProps {
  readonly view: ImportView;
  /** Why the file could not be sent; the import is over then, whatever the server still says. */
  readonly uploadFailure: Failure | null;
  /** Why `view` could not be read again. */
  readonly progressFailure: Failure | null;
  readonly onDone: () => void;
  readonly onAgain: () => void;
}

/** The progress of an import, then its result with the refused rows. */
export function ImportProgress({
  view,
  uploadFailure,
  progressFailure,
  onDone,
  onAgain,
}: ImportProgressProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
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
  };
  const save = async () => {
    const answer = await bridge.imports.saveReport({ importId: view.id });
    setFailure(answer.ok ? null : answer.failure);
    if (answer.ok) setSaved(answer.value);
  };
  const percent = view.bytesTotal ? Math.min(100, (view.bytesRead / view.bytesTotal) * 100) : 0;
  const title = running
    ? t('import.running', { name: view.fileName })
    : t(`import.states.${uploadFailure === null ? view.state : 'failed'}`, { name: view.fileName });
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
            <Button autoFocus data-testid="import-done" onClick={onDone}>
              {t('import.toDesk')}
            </Button>
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
