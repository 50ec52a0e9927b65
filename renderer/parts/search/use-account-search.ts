import { useCallback, useEffect, useRef, useState } from 'react';
import type { Value } from '../../../shared/bridge/contract.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';

export type Found = Value<'accounts', 'search'>;

/** Searches as one types. Answers may come in any order: an older one never replaces a newer. */
export function useAccountSearch(text: string) {
  const bridge = useConsoleBridge();
  const [found, setFound] = useState<Found | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const asked = useRef(0);
  const shown = useRef(0);
  const typed = text.trim();
  useEffect(() => {
    asked.current += 1;
    const mine = asked.current;
    if (typed === '') {
      shown.current = mine;
      return;
    }
    void bridge.accounts.search({ query: { q: typed } }).then((answer) => {
      if (mine < shown.current) return;
      shown.current = mine;
      if (answer.ok) setFound(answer.value);
      setFailure(answer.ok ? null : answer.failure);
    });
  }, [bridge, typed]);
  const fresh = useCallback(() => found !== null && found.q === typed, [found, typed]);
  return typed === '' ? { found: null, failure: null, fresh } : { found, failure, fresh };
}
