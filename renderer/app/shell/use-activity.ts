import { useEffect } from 'react';
import type { Bridge } from '../../../shared/bridge/contract.ts';

/** Minimum milliseconds between two reports: precise enough for the idle lock, without flooding the bridge. */
const grain = 10_000;

/** Reports the operator's activity to main, which locks an idle console. */
export function useActivity(bridge: Bridge): void {
  useEffect(() => {
    let last = 0;
    const report = () => {
      if (Date.now() - last < grain) return;
      last = Date.now();
      void bridge.session.activity();
    };
    for (const event of ['pointerdown', 'keydown', 'wheel'] as const) {
      window.addEventListener(event, report, { passive: true });
    }
    return () => {
      for (const event of ['pointerdown', 'keydown', 'wheel'] as const)
        window.removeEventListener(event, report);
    };
  }, [bridge]);
}
