import { useCallback, useEffect, useRef, useState } from 'react';
import type { AccountFilter } from '../../../shared/api/account.ts';
import { withoutPastedPassword } from '../../../shared/typed/identifier.ts';
import type { Value } from '../../../shared/bridge/contract.ts';
import type { Failure, Result } from '../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';

const everything: AccountFilter = {};

export type Found = Value<'accounts', 'search'>;
type Answer = Promise<Result<Found>>;

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
  /** Sends the search for a text that is about to become the current one, so that it does not wait until the page has rendered it. */
  readonly askAhead: (text: string) => void;
}

/** What is searched for. A password that was pasted after an address is not sent. */
const searchedIn = (text: string): string => withoutPastedPassword(text).trim();

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
  const typed = searchedIn(text);
  const ahead = useRef<{
    readonly q: string;
    readonly filter: AccountFilter;
    readonly answer: Answer;
  } | null>(null);
  const ask = useCallback(
    (q: string): Answer => bridge.accounts.search({ query: { q, ...filter } }),
    [bridge, filter],
  );
  const askAhead = useCallback(
    (next: string) => {
      const q = searchedIn(next);
      ahead.current = q === '' || q === typed ? null : { q, filter, answer: ask(q) };
    },
    [ask, filter, typed],
  );
  useEffect(() => {
    latest.current += 1;
    const request = latest.current;
    setPending(false);
    if (typed === '') {
      shown.current = request;
      return;
    }
    const timer = setTimeout(() => setPending(true), pendingAfter);
    const asked = ahead.current;
    ahead.current = null;
    const answering = asked?.q === typed && asked.filter === filter ? asked.answer : ask(typed);
    void answering.then((answer) => {
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
  }, [ask, typed, filter, attempt]);
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
    ? { found: null, failure: null, isPending: false, fresh, retry, askAhead }
    : { found, failure, isPending, fresh, retry, askAhead };
}
