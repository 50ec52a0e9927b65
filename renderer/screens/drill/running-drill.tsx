import { useRef, useState, type RefObject } from 'react';
import { Button, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { DrillQuestion, DrillView } from '../../../shared/api/drill.ts';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import type { Failure, Result } from '../../../shared/errors/result.ts';
import { useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { CaseScreen } from '../case/case-screen.tsx';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { useScreenKeys } from '../../parts/keys/screen-keys.ts';
import { AccountSearch } from '../../parts/search/account-search.tsx';
import { TopSlotContent } from '../../parts/top-bar/top-slot.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { BetweenCalls } from './between-calls.tsx';
import { CallerPanel } from './caller-panel.tsx';
import { LeaveDialog } from './leave-dialog.tsx';
import { SceneNote } from './scene-note.tsx';

interface RunningDrillProps {
  readonly drill: DrillView;
  /** The drill's own calls, which are not its desk's. */
  readonly drills: Bridge['drills'];
  readonly failure: Failure | null;
  readonly search: RefObject<HTMLInputElement | null>;
  readonly onStep: (call: () => Promise<Result<DrillView>>) => Promise<boolean>;
  readonly onLeave: () => void;
}

/** A drill on its way: the real case's screens on the drill's desk, and the caller beside them. */
export function RunningDrill({ drill, drills, failure, search, onStep, onLeave }: RunningDrillProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const client = useQueryClient();
  const [caseId, setCaseId] = useState<string | null>(null);
  const [leaving, setLeaving] = useState(false);
  const [typed, setTyped] = useState('');
  const [refused, setRefused] = useState<Failure | null>(null);
  const busy = useRef(false);
  const { phase, heard } = drill;
  const talking = phase === 'talking';
  const opened = useQuery({
    queryKey: ['case', caseId],
    queryFn: () => valueOf(bridge.cases.get({ params: { caseId: caseId ?? '' } })),
    enabled: caseId !== null,
  });
  const pending = opened.data?.checks.some(
    ({ attempt }) => attempt?.id === heard?.checkId && attempt?.state === 'pending',
  );
  const code = heard !== null && pending === true ? heard.code : null;

  const once = async (work: () => Promise<unknown>) => {
    if (busy.current) return;
    busy.current = true;
    await work();
    busy.current = false;
  };
  const endCall = () =>
    once(async () => {
      if (await onStep(() => drills.endCall())) setCaseId(null);
      setTyped('');
    });
  const take = () => once(() => onStep(() => drills.takeCall()));
  const ask = async (question: DrillQuestion) => {
    await once(async () => {
      setTyped('');
      await onStep(() => drills.ask({ question }));
    });
    // The manager may have answered meanwhile. No part of the step: what is pressed while the case is read anew counts.
    await client.invalidateQueries({ queryKey: ['case'] });
  };
  const typeIn = () =>
    once(async () => {
      if (heard === null || code === null) return;
      const { kind } = heard;
      if (kind !== 'emailed-code' && kind !== 'texted-code') return;
      const params = { caseId: heard.caseId, checkId: heard.checkId };
      const answer = await bridge.cases.answerCheck({ params, body: { kind, code } });
      setRefused(answer.ok ? null : answer.failure);
      if (!answer.ok) return;
      setTyped(answer.value.outcome);
      // One that was read before would come after.
      await client.cancelQueries({ queryKey: ['case', heard.caseId] });
      client.setQueryData(['case', heard.caseId], answer.value.case);
    });
  /** A case that is over ends its call; one that is only left lies where it was. */
  const leaveCase = async () => {
    const id = caseId ?? '';
    const now = await bridge.cases.get({ params: { caseId: id } });
    if (now.ok && now.value.state !== 'open') await endCall();
    else setCaseId(null);
  };
  useScreenKeys(({ key }) => {
    if (key !== 'Escape' || (talking && caseId !== null)) return false;
    if (phase === 'finished') onLeave();
    else setLeaving(true);
    return true;
  });

  return (
    <div className={talking ? 'drill-ground' : undefined}>
      <TopSlotContent>
        <div className="drill-bar">
          <Button variant="default" onClick={() => (phase === 'finished' ? onLeave() : setLeaving(true))}>
            {t('drill.leave.button')}
          </Button>
        </div>
      </TopSlotContent>
      <SceneNote scene={drill.scene} />
      <FailureLine failure={failure ?? refused} />
      {talking ? (
        <div className="drill">
          {caseId === null ? (
            <main className="page" style={{ width: '100%' }}>
              <Text component="h1">{t('drill.call.find')}</Text>
              <AccountSearch ref={search} large onOpen={setCaseId} />
            </main>
          ) : (
            <CaseScreen key={caseId} caseId={caseId} onLeave={() => void leaveCase()} onLook={setCaseId} />
          )}
          <CallerPanel
            drill={drill}
            code={code}
            typed={typed}
            onAsk={(question) => void ask(question)}
            onTypeIn={() => void typeIn()}
            onHangUp={() => void endCall()}
          />
        </div>
      ) : (
        <BetweenCalls
          key={`${drill.number} ${phase}`}
          drill={drill}
          onTake={() => void take()}
          onAgain={onLeave}
        />
      )}
      {leaving && (
        <LeaveDialog
          onStay={() => setLeaving(false)}
          onLeave={() => {
            setLeaving(false);
            onLeave();
          }}
        />
      )}
    </div>
  );
}
