import { useCallback, useEffect, useState } from 'react';
import type { Failure, Result } from '../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';

/** The open message. It may contain a code or a link, so only this state holds it; it is dropped on unmount and on conceal. */
export function useKept<T>() {
  const bridge = useConsoleBridge();
  const [kept, setKept] = useState<T | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => bridge.on('concealSecrets', ({ why }) => why === 'blur' || setKept(null)), [bridge]);
  const read = useCallback(async (answer: Promise<Result<T>>) => {
    const result = await answer;
    setFailure(result.ok ? null : result.failure);
    setKept(result.ok ? result.value : null);
  }, []);
  return { kept, failure, setFailure, read };
}
