import { useEffect, useRef, useState } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { AccountHit } from '../../shared/api/account.ts';
import type { Failure } from '../../shared/errors/result.ts';
import { failureOf, useConsoleBridge, valueOf } from '../bridge/console-bridge.ts';

/**
 * Search as one types. Answers are kept by the text that they answer, so an older one can never take the place of a newer;
 * an Enter that comes before the answer waits for it, and for that text alone.
 */
export function useAccountSearch(onCase: (caseId: string) => void) {
  const bridge = useConsoleBridge();
  const [text, setText] = useState('');
  const [selected, setSelected] = useState(0);
  const [opening, setOpening] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const q = text.trim();
  const enterFor = useRef<string | null>(null);
  const query = useQuery({
    queryKey: ['search', q],
    queryFn: () => valueOf(bridge.accounts.search({ query: { q, limit: 50 } })),
    enabled: q !== '',
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  });
  const answered = q !== '' && query.data !== undefined && !query.isPlaceholderData;
  const hits = q === '' ? [] : (query.data?.hits ?? []);

  const open = async (hit: AccountHit | undefined) => {
    if (hit === undefined || opening) return;
    setOpening(true);
    setFailure(null);
    const result = await bridge.cases.open({ body: { accountId: hit.id } });
    setOpening(false);
    if (!result.ok) return setFailure(result.failure);
    setText('');
    onCase(result.value.id);
  };
  useEffect(() => {
    if (!answered || enterFor.current !== q) return;
    enterFor.current = null;
    void open(query.data?.hits[0]);
  });
  return {
    text,
    hits,
    selected: Math.min(selected, Math.max(0, hits.length - 1)),
    answered,
    opening,
    more: answered && query.data.more,
    accounts: query.data?.accounts ?? 0,
    failure: failure ?? failureOf(query.error),
    change: (next: string) => {
      enterFor.current = null;
      setText(next);
      setSelected(0);
      setFailure(null);
    },
    move: (by: number) => {
      if (hits.length > 0)
        setSelected((now) => (Math.min(now, hits.length - 1) + by + hits.length) % hits.length);
    },
    open,
    enter: () => {
      if (q === '') return;
      if (answered) void open(hits[selected]);
      else enterFor.current = q;
    },
  };
}
export type AccountSearchState = ReturnType<typeof useAccountSearch>;
