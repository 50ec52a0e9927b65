import { useEffect } from 'react';
import type { Bridge } from '../../shared/bridge/contract.ts';

/** Often enough for an idle lock of a minute, seldom enough to cost nothing. */
const atMostEvery = 15_000;

/** Tells main that the operator is there, while `working`. */
export function useActivity(bridge: Bridge, working: boolean): void {
  useEffect(() => {
    if (!working) return;
    let last = 0;
    const tell = () => {
      const now = Date.now();
      if (now - last < atMostEvery) return;
      last = now;
      void bridge.session.activity();
    };
    window.addEventListener('keydown', tell, { capture: true });
    window.addEventListener('pointerdown', tell, { capture: true });
    return () => {
      window.removeEventListener('keydown', tell, { capture: true });
      window.removeEventListener('pointerdown', tell, { capture: true });
    };
  }, [bridge, working]);
}
