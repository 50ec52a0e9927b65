import { useState } from 'react';
import type { ProposedAnswer } from '../../../shared/api/protected-change-view.ts';
import type { Failure, Result } from '../../../shared/errors/result.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { isProposed } from '../protected-changes/sent-change.ts';

/** The outcome of the last save or test: a message, or the failure. */
export function useOutcome() {
  const t = useTexts();
  const [message, setMessage] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  return {
    message,
    failure,
    /** Removes the message and the failure, for example when the operator leaves the form. */
    clear: () => {
      setMessage('');
      setFailure(null);
    },
    /**
     * Awaits `work`, shows `messageFor` its value or its failure, and answers whether it succeeded. A change that was sent to another administrator
     * succeeded as well, with a message of its own.
     */
    settle: async <T>(
      work: Promise<Result<T>>,
      messageFor: (value: Exclude<T, ProposedAnswer>) => string,
    ): Promise<boolean> => {
      setMessage('');
      const result = await work;
      setFailure(result.ok ? null : result.failure);
      if (result.ok)
        setMessage(
          isProposed(result.value)
            ? t('protectedChanges.sentShort')
            : messageFor(result.value as Exclude<T, ProposedAnswer>),
        );
      return result.ok;
    },
  };
}

/** The outcome of a list, which its forms and rows use because they may close at once. */
export type Outcome = ReturnType<typeof useOutcome>;
