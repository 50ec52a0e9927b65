import { useCallback, useEffect, useRef, useState } from 'react';
import { withoutPastedPassword } from '../../../shared/typed/identifier.ts';
import type { Value } from '../../../shared/bridge/contract.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';

export type Found = Value<'accounts', 'search'>;

/** Searches as the operator types. A late answer to an older text never replaces a newer one. */
export function useAccountSearch(text: string) {
  const bridge = useConsoleBridge();
  const [found, setFound] = useState<Found | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const latest = useRef(0);
  const shown = useRef(0);
  // A password that was pasted after an address is not sent.
  const typed = withoutPastedPassword(text).trim();
  useEffect(() => {
    latest.current += 1;
    const request = latest.current;
    if (typed === '') {
      shown.current = request;
      return;
    }
    void bridge.accounts.search({ query: { q: typed } }).then((answer) => {
      if (request < shown.current) return;
      shown.current = request;
      if (answer.ok) setFound(answer.value);
      setFailure(answer.ok ? null : answer.failure);
    });
  }, [bridge, typed]);
  const fresh = useCallback(() => found !== null && found.q === typed, [found, typed]);
  return typed === '' ? { found: null, failure: null, fresh } : { found, failure, fresh };
}
