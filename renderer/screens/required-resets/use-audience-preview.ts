import { useEffect, useRef, useState } from 'react';
import { useDebouncedValue } from '@mantine/hooks';
import type { Audience, AudiencePreview } from '../../../shared/api/required-reset.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';

/** What is known of the audience as it is chosen; `found` is null until it is known. */
export interface ShownPreview {
  readonly found: AudiencePreview | null;
  readonly failure: Failure | null;
}

/** Counts an audience while it is being chosen; an older answer never replaces a newer. */
export function useAudiencePreview(audience: Audience | null): ShownPreview {
  const bridge = useConsoleBridge();
  const [settled] = useDebouncedValue(audience, 300);
  const [shown, setShown] = useState<ShownPreview>({ found: null, failure: null });
  const asked = useRef(0);
  useEffect(() => {
    asked.current += 1;
    const mine = asked.current;
    if (settled === null) {
      setShown({ found: null, failure: null });
      return;
    }
    void bridge.requiredResets.preview({ body: { audience: settled } }).then((answer) => {
      if (mine !== asked.current) return;
      setShown({
        found: answer.ok ? answer.value : null,
        failure: answer.ok ? null : answer.failure,
      });
    });
  }, [bridge, settled]);
  // What was counted is about what was chosen before.
  return settled === audience ? shown : { found: null, failure: shown.failure };
}
