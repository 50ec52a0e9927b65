import { useCallback, useEffect, useRef, useState } from 'react';
import type { AccountFilter } from '../../../shared/api/account.ts';
import { withoutPastedPassword } from '../../../shared/typed/identifier.ts';
import type { Value } from '../../../shared/bridge/contract.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';

const everything: AccountFilter = {};

export type Found = Value<'accounts', 'search'>;

/** Milliseconds after which a search that has no answer is shown as pending. */
export const pendingAfter = 300;

interface AccountSearchState {
  /** The newest answer, which may be to an older text; null if there is none or the last search failed. */
  readonly found: Found | null;
  /** Why the search for the current text failed. */
  readonly failure: Failure | null;
  /** The search for the current text has been without an answer for {@link pendingAfter}. */
  readonly isPending: boolean;
  /** Whether `found` answers the current text and filter. */
  readonly fresh: () => boolean;
  /** Searches for the current text again. */
  readonly retry: () => void;
}

/**
 * Searches as the operator types. A late answer to an older text never replaces a newer one. A failed search is repeated when the connection
 * returns. A `filter` with the same values must be the same object.
 */
export function useAccountSearch(text: string, filter: AccountFilter = everything): AccountSearchState {
  const bridge = useConsoleBridge();
  const [found, setFound] = useState<Found | null>(null);
  const [foundWith, setFoundWith] = useState(filter);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isPending, setPending] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const latest = useRef(0);
  const shown = useRef(0);
  // A password that was pasted after an address is not sent.
  const typed = withoutPastedPassword(text).trim();
  useEffect(() => {
    latest.current += 1;
    const request = latest.current;
    setPending(false);
    if (typed === '') {
      shown.current = request;
      return;
    }
    const timer = setTimeout(() => setPending(true), pendingAfter);
    void bridge.accounts.search({ query: { q: typed, ...filter } }).then((answer) => {
      if (request === latest.current) {
        clearTimeout(timer);
        setPending(false);
      }
      if (request < shown.current) return;
      shown.current = request;
      if (answer.ok) {
        setFound(answer.value);
        setFoundWith(filter);
      }
      // The hits of an older text must not appear beside a failure: the operator would take them for the answer.
      else if (request === latest.current) setFound(null);
      else return;
      setFailure(answer.ok ? null : answer.failure);
    });
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- `attempt` is not read; a change of it repeats the search
  }, [bridge, typed, filter, attempt]);
  const retry = useCallback(() => setAttempt((before) => before + 1), []);
  const isFailed = failure !== null;
  useEffect(() => {
    if (!isFailed) return;
    return bridge.on('connection', ({ state }) => {
      if (state !== 'offline') retry();
    });
  }, [bridge, isFailed, retry]);
  const fresh = useCallback(
    () => found !== null && found.q === typed && foundWith === filter,
    [found, foundWith, typed, filter],
  );
  return typed === ''
    ? { found: null, failure: null, isPending: false, fresh, retry }
    : { found, failure, isPending, fresh, retry };
}
