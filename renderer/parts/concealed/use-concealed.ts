import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure, Result } from '../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';

/**
 * Data that must not stay on the screen, such as a message with a code or unmasked contact data. Only this state holds it, never the query cache. It is
 * dropped on unmount, and when the console is locked or hidden.
 */
export function useConcealed<T>() {
  const bridge = useConsoleBridge();
  const [shown, setShown] = useState<T | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  /** Counts requests and concealments: only the answer to the newest request is shown, and none after the console was concealed. */
  const newest = useRef(0);
  useEffect(
    () =>
      bridge.on('concealSecrets', ({ why }) => {
        if (why === 'blur') return;
        newest.current += 1;
        setShown(null);
      }),
    [bridge],
  );
  const read = useCallback(async (answer: Promise<Result<T>>) => {
    newest.current += 1;
    const request = newest.current;
    const result = await answer;
    if (request !== newest.current) return;
    setFailure(result.ok ? null : result.failure);
    setShown(result.ok ? result.value : null);
  }, []);
  const drop = useCallback(() => setShown(null), []);
  return { shown, failure, setFailure, read, drop };
}
