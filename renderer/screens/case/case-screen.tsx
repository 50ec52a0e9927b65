import { useEffect, useRef, useState } from 'react';
import { Button, Drawer, Kbd, Skeleton, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { CaseView } from '../../../shared/api/case.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { failureOf, useConsoleBridge } from '../../bridge/console-bridge.ts';
import { useAnnouncedChanges } from '../../parts/announcer/announcer.tsx';
import { useDrafts } from '../../parts/drafts/drafts.tsx';
import { EvidenceButtons } from '../../parts/evidence-pack/evidence-buttons.tsx';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { useScreenKeys } from '../../parts/keys/screen-keys.ts';
import { Timeline } from '../../parts/timeline/timeline.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { AccountPanel } from './account-panel.tsx';
import { caseNews } from './case-news.ts';
import { CaseBar } from './case-bar.tsx';
import { CaseFields } from './case-fields.tsx';
import { CaseSteps } from './case-steps.tsx';
import { endedText } from './case-texts.ts';
import { canWork, currentStep } from './current-step.ts';
import { readCase } from './read-case.ts';
import { ResetAftercare } from './handover/reset-aftercare.tsx';
import { RefuseDialog } from './refuse-dialog.tsx';
import './case.css';

interface CaseScreenProps {
  readonly caseId: string;
  readonly onLeave: () => void;
  /** Opens another case. */
  readonly onOpenCase?: ((caseId: string) => void) | undefined;
}

/** The screen of one case: the account, the three steps and the timeline. */
export function CaseScreen({ caseId, onLeave, onOpenCase }: CaseScreenProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const client = useQueryClient();
  const query = useQuery({
    queryKey: ['case', caseId],
    queryFn: () => readCase(bridge, caseId),
    retry: false,
    refetchInterval: 15_000,
  });
  if (query.data === undefined) {
    if (query.isPending)
      return (
        <div className="case-columns" aria-busy aria-label={t('case.loading')}>
          <div className="case-left">
            <Skeleton height={200} />
          </div>
          <div className="case-centre">
            <Skeleton height={320} />
          </div>
        </div>
      );
    return (
      <div className="case-centre">
        <FailureLine read={failureOf(query.error)} />
        <Button variant="default" onClick={() => void query.refetch()}>
          {t('case.failures.again')}
        </Button>
        <Button variant="default" onClick={onLeave}>
          {t('case.failures.back')}
        </Button>
      </div>
    );
  }
  const onCase = (view: CaseView) => client.setQueryData(['case', caseId], view);
  return (
    <OpenedCase
      key={caseId}
      view={query.data}
      onCase={onCase}
      onReread={() => void query.refetch()}
      onLeave={onLeave}
      onOpenCase={onOpenCase}
    />
  );
}

interface OpenedCaseProps {
  readonly view: CaseView;
  readonly onCase: (view: CaseView) => void;
  readonly onReread: () => void;
  readonly onLeave: () => void;
  /** Opens another case. */
  readonly onOpenCase?: ((caseId: string) => void) | undefined;
}

function OpenedCase({ view, onCase, onReread, onLeave, onOpenCase }: OpenedCaseProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [refusing, setRefusing] = useState(false);
  const [drawer, setDrawer] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const centre = useRef<HTMLElement>(null);
  const step = currentStep(view);
  const isWorkable = canWork(view);
  useAnnouncedChanges(view, (before, now) => caseNews(before, now, t));
  const canRefuse = isWorkable && step !== 'handover';
  // The step that had the focus is unmounted, so the column takes it and keyboard shortcuts keep working.
  useEffect(() => {
    if (step !== 'handover') centre.current?.focus();
  }, [step]);
  const drafts = useDrafts();
  useEffect(() => {
    // The drafts of an ended case can no longer be sent.
    if (!isWorkable) drafts.drop(`case ${view.id} `);
  }, [drafts, isWorkable, view.id]);
  useScreenKeys((key) => {
    if (key === 'Escape') onLeave();
    else if (key === 'r' && canRefuse) setRefusing(true);
    else if (key === 'Enter' && step === 'ended') onLeave();
    else return false;
    return true;
  });
  const close = async () => {
    const result = await bridge.cases.close({ params: { caseId: view.id } });
    if (result.ok) onLeave();
    else setFailure(result.failure);
  };
  const timeline = (
    <Timeline accountId={view.account.id} version={`${view.state} ${view.expiresAt} ${view.resets.length}`} />
  );
  return (
    <div className="case-columns" data-testid="case">
      <AccountPanel view={view} onOpenCase={onOpenCase} />
      <main className="case-centre" ref={centre} tabIndex={-1} style={{ outline: 'none' }}>
        <CaseBar
          view={view}
          open={canRefuse}
          onTimeline={() => setDrawer(true)}
          onClose={() => void close()}
          onRefuse={() => setRefusing(true)}
        />
        <FailureLine failure={failure} />
        {!isWorkable && <EndedNote view={view} onReread={onReread} onLeave={onLeave} />}
        {canRefuse && <CaseFields view={view} onCase={onCase} />}
        <CaseSteps view={view} onCase={onCase} onReread={onReread} onLeave={onLeave} />
      </main>
      <div className="case-right" tabIndex={0} data-testid="case-timeline">
        {timeline}
      </div>
      <Drawer
        opened={drawer}
        onClose={() => setDrawer(false)}
        position="right"
        title={t('case.bar.timeline')}
        closeButtonProps={{ 'aria-label': t('case.bar.closeTimeline') }}
        transitionProps={{ duration: 0 }}
      >
        {timeline}
      </Drawer>
      {refusing && (
        <RefuseDialog
          view={view}
          onCancel={() => setRefusing(false)}
          onRefused={(refused) => {
            setRefusing(false);
            onCase(refused);
          }}
        />
      )}
    </div>
  );
}

/** Explains why the operator can do nothing more in the case, and what is still possible. */
function EndedNote({ view, onReread, onLeave }: Pick<OpenedCaseProps, 'view' | 'onReread' | 'onLeave'>) {
  const t = useTexts();
  const [last] = view.resets;
  return (
    <div className="note" data-testid="case-ended">
      <Text>{endedText(t, view)}</Text>
      {last !== undefined && view.operator.self && (
        <ResetAftercare view={view} reset={last} onReset={onReread} />
      )}
      <div className="ended-actions">
        <Button data-testid="case-next" onClick={onLeave} rightSection={<Kbd aria-hidden>Enter</Kbd>}>
          {t('case.ended.next')}
        </Button>
        <EvidenceButtons caseId={view.id} caseNumber={view.number} />
      </div>
    </div>
  );
}
