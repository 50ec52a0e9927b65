import { useState, type RefObject } from 'react';
import { Skeleton } from '@mantine/core';
import { QueryClient, QueryClientProvider, useQuery, useQueryClient } from '@tanstack/react-query';
import type { drillSizes, DrillScene, DrillView } from '../../../shared/api/drill.ts';
import type { Failure, Result } from '../../../shared/errors/result.ts';
import { BridgeOverride, failureOf, useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { DrillStart } from './drill-start.tsx';
import { practiceBridge } from './practice-bridge.ts';
import { PractisingProvider } from '../../bridge/practising.ts';
import { RunningDrill } from './running-drill.tsx';
import './drill.css';

interface DrillScreenProps {
  /** The search box, which Ctrl/Cmd+K focuses. */
  readonly search: RefObject<HTMLInputElement | null>;
  readonly onLeave: () => void;
}

/** Practice with invented callers: before, during and after a drill. */
export function DrillScreen({ search, onLeave }: DrillScreenProps) {
  const bridge = useConsoleBridge();
  const client = useQueryClient();
  const [working, setWorking] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const query = useQuery({ queryKey: ['drills'], queryFn: () => valueOf(bridge.drills.list({})) });
  const show = (running: DrillView | null) =>
    client.setQueryData<typeof query.data>(['drills'], (before) => before && { ...before, running });
  const again = () => client.invalidateQueries({ queryKey: ['drills'] });

  const begin = async (size: keyof typeof drillSizes, seed: number | null, scene: DrillScene) => {
    if (working) return;
    setWorking(true);
    const answer = await bridge.drills.begin({ body: { size, scene, ...(seed !== null && { seed }) } });
    setWorking(false);
    setFailure(answer.ok ? null : answer.failure);
    if (answer.ok) show(answer.value);
  };
  /** Runs a call that returns the drill's new state and shows it; resolves to whether it succeeded. */
  const step = async (call: () => Promise<Result<DrillView>>): Promise<boolean> => {
    const answer = await call();
    setFailure(answer.ok ? null : answer.failure);
    if (answer.ok) show(answer.value);
    else if (answer.failure.code === 'drill.not-found') await again();
    return answer.ok;
  };
  const leave = async () => {
    const answer = await bridge.drills.leave();
    setFailure(answer.ok || answer.failure.code === 'drill.not-found' ? null : answer.failure);
    await again();
  };

  if (query.data === undefined)
    return query.isPending ? (
      <Skeleton height={240} m={20} />
    ) : (
      <FailureLine failure={failureOf(query.error)} />
    );
  const { running, finished } = query.data;
  if (running === null)
    return (
      <DrillStart
        finished={finished}
        working={working}
        failure={failure}
        onBegin={(size, seed, scene) => void begin(size, seed, scene)}
        onLeave={onLeave}
      />
    );
  return (
    <Inside key={running.id}>
      <RunningDrill
        drill={running}
        drills={bridge.drills}
        failure={failure}
        search={search}
        onStep={step}
        onLeave={() => void leave()}
      />
    </Inside>
  );
}

/** Gives its children the bridge of the drill's desk and a query cache that is dropped with the drill. */
function Inside({ children }: { readonly children: React.ReactNode }) {
  const bridge = useConsoleBridge();
  const [practice] = useState(() => practiceBridge(bridge));
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: { queries: { retry: false, refetchOnWindowFocus: false, staleTime: 0 } },
      }),
  );
  return (
    <PractisingProvider value>
      <BridgeOverride value={practice}>
        <QueryClientProvider client={client}>{children}</QueryClientProvider>
      </BridgeOverride>
    </PractisingProvider>
  );
}
