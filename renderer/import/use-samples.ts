import { useEffect, useState } from 'react';
import type { ImportView } from '../../shared/api/import.ts';
import type { Failure } from '../../shared/errors/result.ts';
import { useConsoleBridge } from '../bridge/console-bridge.ts';
import { isSettled, useImportProgress } from './use-import-progress.ts';

/** Imports the invented company and says when it is in. */
export function useSamples(onDone: (view: ImportView) => void) {
  const bridge = useConsoleBridge();
  const [started, setStarted] = useState<ImportView | null>(null);
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const progress = useImportProgress(started);
  const settled = progress.view !== null && isSettled(progress.view) ? progress.view : null;
  useEffect(() => {
    if (settled !== null) onDone(settled);
    // oxlint-disable-next-line react/exhaustive-deps -- once, when it is in
  }, [settled?.id]);
  const running = asking || (started !== null && settled === null);
  const start = async () => {
    if (running) return;
    setAsking(true);
    setFailure(null);
    const result = await bridge.imports.samples({});
    setAsking(false);
    if (result.ok) setStarted(result.value);
    else setFailure(result.failure);
  };
  return { running, start, failure: failure ?? progress.failure };
}
