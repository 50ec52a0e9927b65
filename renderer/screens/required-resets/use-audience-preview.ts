import { useEffect, useRef, useState } from 'react';
import { useDebouncedValue } from '@mantine/hooks';
import type { Audience, AudiencePreview } from '../../../shared/api/required-reset.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';

/** The backend's count of the audience; `found` is null until it is known. */
export interface ShownPreview {
  readonly found: AudiencePreview | null;
  readonly failure: Failure | null;
}

/** Has the backend count the audience while it is edited. An older answer never replaces a newer one. */
export function useAudiencePreview(audience: Audience | null): ShownPreview {
  const bridge = useConsoleBridge();
  const [settled] = useDebouncedValue(audience, 300);
  const [shown, setShown] = useState<ShownPreview>({ found: null, failure: null });
  const lastRequest = useRef(0);
  useEffect(() => {
    lastRequest.current += 1;
    const request = lastRequest.current;
    if (settled === null) {
      setShown({ found: null, failure: null });
      return;
    }
    void bridge.requiredResets.preview({ body: { audience: settled } }).then((answer) => {
      if (request !== lastRequest.current) return;
      setShown({
        found: answer.ok ? answer.value : null,
        failure: answer.ok ? null : answer.failure,
      });
    });
  }, [bridge, settled]);
  // Until the edit has settled, the count is the previous audience's.
  return settled === audience ? shown : { found: null, failure: shown.failure };
}
