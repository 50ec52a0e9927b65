import { useState, type RefObject } from 'react';
import { Button, Text } from '@mantine/core';
import type { DrillView } from '../../../shared/api/drill.ts';
import type { Bridge } from '../../../shared/bridge/contract.ts';
import type { Failure, Result } from '../../../shared/errors/result.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { useScreenKeys } from '../../parts/keys/screen-keys.ts';
import { AccountSearch } from '../../parts/search/account-search.tsx';
import { TopSlotContent } from '../../parts/top-bar/top-slot.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { CaseScreen } from '../case/case-screen.tsx';
import { BetweenCalls } from './between-calls.tsx';
import { CallerPanel } from './caller-panel.tsx';
import { LeaveDialog } from './leave-dialog.tsx';
import { SceneNote } from './scene-note.tsx';
import { useDrillCall } from './use-drill-call.ts';

interface RunningDrillProps {
  readonly drill: DrillView;
  /** The calls of the drill itself; the bridge in context has those of its desk. */
  readonly drills: Bridge['drills'];
  readonly failure: Failure | null;
  readonly search: RefObject<HTMLInputElement | null>;
  readonly onStep: (call: () => Promise<Result<DrillView>>) => Promise<boolean>;
  readonly onLeave: () => void;
}

/** A running drill: the screens of a real case on the drill's own desk, and the caller beside them. */
export function RunningDrill({ drill, drills, failure, search, onStep, onLeave }: RunningDrillProps) {
  const t = useTexts();
  const call = useDrillCall({ drill, drills, onStep });
  const { caseId } = call;
  const [leaving, setLeaving] = useState(false);
  const { phase } = drill;
  const talking = phase === 'talking';
  useScreenKeys((key) => {
    if (key !== 'Escape' || (talking && caseId !== null)) return false;
    if (phase === 'finished') onLeave();
    else setLeaving(true);
    return true;
  });

  return (
    <div className={talking ? 'drill-ground' : undefined}>
      <TopSlotContent>
        <div className="drill-bar">
          <Button
            variant="default"
            data-testid="drill-leave"
            onClick={() => (phase === 'finished' ? onLeave() : setLeaving(true))}
          >
            {t('drill.leave.button')}
          </Button>
        </div>
      </TopSlotContent>
      <SceneNote scene={drill.scene} />
      <FailureLine failure={failure ?? call.failure} />
      {talking ? (
        <div className="drill">
          {caseId === null ? (
            <main className="page" style={{ width: '100%' }}>
              <Text component="h1">{t('drill.call.find')}</Text>
              <AccountSearch ref={search} large onOpen={call.openCase} />
            </main>
          ) : (
            <CaseScreen
              key={caseId}
              caseId={caseId}
              onLeave={() => void call.leaveCase()}
              onOpenCase={call.openCase}
            />
          )}
          <CallerPanel
            drill={drill}
            code={call.code}
            codeOutcome={call.codeOutcome}
            onAsk={(question) => void call.ask(question)}
            onTypeIn={() => void call.typeIn()}
            onHangUp={() => void call.endCall()}
          />
        </div>
      ) : (
        <BetweenCalls
          key={`${drill.number} ${phase}`}
          drill={drill}
          onTake={() => void call.takeCall()}
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
