import { useState } from 'react';
import type { Failure, Result } from '../../../shared/errors/result.ts';

/** The outcome of the last save or test: a message, or the failure. */
export function useOutcome() {
  const [message, setMessage] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  return {
    message,
    failure,
    /** Awaits `work`, shows `messageFor` its value or its failure, and answers whether it succeeded. */
    settle: async <T>(work: Promise<Result<T>>, messageFor: (value: T) => string): Promise<boolean> => {
      setMessage('');
      const result = await work;
      setFailure(result.ok ? null : result.failure);
      if (result.ok) setMessage(messageFor(result.value));
      return result.ok;
    },
  };
}
