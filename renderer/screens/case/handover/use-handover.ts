import { useEffect, useRef, useState } from 'react';
import type { ResetView } from '../../../../shared/api/reset.ts';
import type { Failure } from '../../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../../bridge/console-bridge.ts';

interface HandoverOptions {
  readonly reset: ResetView;
  /** Whether main holds a password that the operator can read out. */
  readonly hasPassword: boolean;
  readonly conceal: () => void;
  readonly onFailure: (failure: Failure | null) => void;
  readonly onDone: () => void;
}

/**
 * Copies the temporary password and records the handover; a second press during a call does nothing. When the step is left without a
 * handover, main forgets the password.
 */
export function useHandover({ reset, hasPassword, conceal, onFailure, onDone }: HandoverOptions) {
  const bridge = useConsoleBridge();
  const [copiedUntil, setCopiedUntil] = useState<string | null>(null);
  const busy = useRef(false);
  const isHandedOver = useRef(false);
  const isMounted = useRef(false);
  useEffect(() => {
    isMounted.current = true;
    return () => {
      isMounted.current = false;
      // Deferred, so that the double effects of React's development mode do not forget the password.
      setTimeout(() => {
        if (hasPassword && !isHandedOver.current && !isMounted.current)
          void bridge.handover.forget({ resetId: reset.id });
      }, 0);
    };
  }, [bridge, reset.id, hasPassword]);

  async function once(work: () => Promise<void>) {
    if (busy.current) return;
    busy.current = true;
    await work();
    busy.current = false;
  }
  const handOver = () =>
    once(async () => {
      conceal();
      const result = await bridge.handover.done({ resetId: reset.id });
      if (!result.ok) return onFailure(result.failure);
      isHandedOver.current = true;
      onDone();
    });
  const copy = () =>
    once(async () => {
      onFailure(null);
      const result = await bridge.handover.copy({ resetId: reset.id });
      if (result.ok) setCopiedUntil(result.value.clearedAt);
      else onFailure(result.failure);
    });
  return { handOver, copy, copiedUntil };
}
