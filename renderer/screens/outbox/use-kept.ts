import { useEffect, useState } from 'react';
import type { Failure, Result } from '../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';

/** What is read of the outbox. It may hold a code or a link: kept here alone, dropped on leaving and when secrets are concealed. */
export function useKept<T>() {
  const bridge = useConsoleBridge();
  const [kept, setKept] = useState<T | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => bridge.on('concealSecrets', ({ why }) => why === 'blur' || setKept(null)), [bridge]);
  return {
    kept,
    failure,
    setFailure,
    read: async (answer: Promise<Result<T>>) => {
      const result = await answer;
      setFailure(result.ok ? null : result.failure);
      setKept(result.ok ? result.value : null);
    },
  };
}
