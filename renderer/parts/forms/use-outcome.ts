import { useState } from 'react';
import type { Failure, Result } from '../../../shared/errors/result.ts';

/** What became of the last thing that was saved or tried: words for it, or the failure. */
export function useOutcome() {
  const [note, setNote] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  return {
    note,
    failure,
    /** Waits for it; tells with `said` what it has become, and answers whether it succeeded. */
    settle: async <T>(work: Promise<Result<T>>, said: (value: T) => string): Promise<boolean> => {
      setNote('');
      const result = await work;
      setFailure(result.ok ? null : result.failure);
      if (result.ok) setNote(said(result.value));
      return result.ok;
    },
  };
}
