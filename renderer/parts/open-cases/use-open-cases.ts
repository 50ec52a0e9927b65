import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { OpenCaseRow } from '../../../shared/api/case.ts';
import { useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { startOfDay } from '../clock/start-of-day.ts';

/** The desk as it was last read: the operator's open and recent cases and today's numbers. */
export function useDeskView(isEnabled = true) {
  const bridge = useConsoleBridge();
  const [dayStart] = useState(startOfDay);
  return useQuery({
    queryKey: ['desk', dayStart],
    queryFn: () => valueOf(bridge.desk.get({ query: { dayStart } })),
    enabled: isEnabled,
    refetchInterval: 30_000,
  });
}

/** The operator's open cases, oldest first, so that each keeps its place while others are opened. */
export function useOpenCases(isEnabled: boolean): readonly OpenCaseRow[] {
  const { data } = useDeskView(isEnabled);
  return data?.open.toSorted((a, b) => a.number - b.number) ?? [];
}
