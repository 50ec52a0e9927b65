import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure } from '../../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../../bridge/console-bridge.ts';

/** DESIGN.md §6: hidden again after 60 s at the latest, whatever the backend's clock says. */
const longestShown = 60_000;
type Way = 'reveal' | 'spell';

/**
 * The temporary password for as long as it is shown. The value lives in this state alone, never in the query cache, and is
 * dropped on conceal, blur, lock, leaving and after 60 s; an answer that arrives after the conceal is thrown away.
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
      const concealAt = Math.min(Date.parse(result.value.concealAt), now + longestShown);
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
