import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure } from '../../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../../bridge/console-bridge.ts';

/** Milliseconds after which a shown password is hidden, even if the backend allows longer. */
const maxShownFor = 60_000;
type Way = 'reveal' | 'spell';

export type ShownPassword = ReturnType<typeof useShownPassword>;

/**
 * The temporary password while it is shown. Only this state holds the value, never the query cache. It is dropped on conceal, blur, lock and
 * unmount, and after 60 s; an answer that arrives after a conceal is discarded.
 */
export function useShownPassword(resetId: string) {
  const bridge = useConsoleBridge();
  const [shown, setShown] = useState<{ value: string; way: Way; concealAt: number } | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const wanted = useRef<symbol | null>(null);

  const conceal = useCallback(() => {
    if (wanted.current === null) return;
    wanted.current = null;
    setShown(null);
    void bridge.handover.conceal({ resetId });
  }, [bridge, resetId]);
  const show = useCallback(
    async (way: Way) => {
      const request = Symbol(way);
      wanted.current = request;
      setFailure(null);
      const result = await bridge.handover[way]({ resetId });
      if (wanted.current !== request) return;
      if (!result.ok) {
        wanted.current = null;
        setShown(null);
        return setFailure(result.failure);
      }
      const now = Date.now();
      const concealAt = Math.min(Date.parse(result.value.concealAt), now + maxShownFor);
      setShown({ value: result.value.value, way, concealAt: Math.max(concealAt, now + 1000) });
    },
    [bridge, resetId],
  );
  useEffect(() => {
    if (shown === null) return;
    const timer = setTimeout(conceal, shown.concealAt - Date.now());
    return () => clearTimeout(timer);
  }, [shown, conceal]);
  useEffect(() => {
    const off = bridge.on('concealSecrets', conceal);
    window.addEventListener('blur', conceal);
    document.addEventListener('visibilitychange', conceal);
    return () => {
      off();
      window.removeEventListener('blur', conceal);
      document.removeEventListener('visibilitychange', conceal);
      conceal();
    };
  }, [bridge, conceal]);
  return { shown, failure, setFailure, show, conceal };
}
