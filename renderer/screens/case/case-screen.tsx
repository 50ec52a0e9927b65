import { useEffect, useRef, useState } from 'react';
import { Button, Drawer, Kbd, Skeleton, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { CaseView } from '../../../shared/api/case.ts';
import type { Failure } from '../../../shared/errors/result.ts';
import { ResetAftercare } from './handover/reset-aftercare.tsx';
import { EvidenceButtons } from '../../parts/evidence-pack/evidence-buttons.tsx';
import { HandoverStep } from './handover/handover-step.tsx';
import { ValidFor } from './handover/valid-for.tsx';
import { Timeline } from '../../parts/timeline/timeline.tsx';
import { AccountPanel } from './account-panel.tsx';
import { CaseBar } from './case-bar.tsx';
import { CaseFields } from './case-fields.tsx';
import { clockTime } from '../../parts/clock/format-time.ts';
import { failureOf, useConsoleBridge, valueOf } from '../../bridge/console-bridge.ts';
import { useTexts, type Translate } from '../../texts/use-texts.ts';
import { currentStep, canWork, activeReset } from './current-step.ts';
import { FailureLine } from '../../parts/failure/failure-line.tsx';
import { RefuseDialog } from './refuse-dialog.tsx';
import { ResetStep } from './reset-step.tsx';
import { StepCard } from './step-card.tsx';
import { useScreenKeys } from '../../parts/keys/screen-keys.ts';
import { VerifyStep } from './verify-step.tsx';
import './case.css';

interface CaseScreenProps {
  readonly caseId: string;
  readonly onLeave: () => void;
  /** Opens another case. */
  readonly onLook?: ((caseId: string) => void) | undefined;
}

/** One caller, one screen: who it is, the three steps, the timeline. */
export function CaseScreen({ caseId, onLeave, onLook }: CaseScreenProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const client = useQueryClient();
  const query = useQuery({
    queryKey: ['case', caseId],
    queryFn: () => valueOf(bridge.cases.get({ params: { caseId } })),
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
        <FailureLine failure={failureOf(query.error)} />
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
      onLook={onLook}
    />
  );
}

interface OpenedCaseProps {
  readonly view: CaseView;
  readonly onCase: (view: CaseView) => void;
  readonly onReread: () => void;
  readonly onLeave: () => void;
  /** Opens another case. */
  readonly onLook?: ((caseId: string) => void) | undefined;
}

function OpenedCase({ view, onCase, onReread, onLeave, onLook }: OpenedCaseProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [refusing, setRefusing] = useState(false);
  const [drawer, setDrawer] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const centre = useRef<HTMLElement>(null);
  const step = currentStep(view);
  const works = canWork(view);
  const last = view.resets[0];
  const reset = activeReset(view);
  // The step that had the focus is gone: the open one takes it, so that the keyboard is never lost.
  useEffect(() => {
    if (step !== 'handover') centre.current?.focus();
  }, [step]);
  useScreenKeys((event) => {
    if (event.key === 'Escape') onLeave();
    else if (event.key.toLowerCase() === 'r' && works && step !== 'handover') setRefusing(true);
    else if (event.key === 'Enter' && step === 'ended') onLeave();
    else return false;
    return true;
  });
  const close = async () => {
    const result = await bridge.cases.close({ params: { caseId: view.id } });
    if (result.ok) onLeave();
    else setFailure(result.failure);
  };
  const verified = view.assurance.met;
  const timeline = (
    <Timeline accountId={view.account.id} version={`${view.state} ${view.expiresAt} ${view.resets.length}`} />
  );
  const state = (which: typeof step, done: boolean) =>
    step === which && works ? 'open' : done ? 'done' : 'waiting';
  return (
    <div className="case-columns">
      <AccountPanel view={view} onLook={onLook} />
      <main className="case-centre" ref={centre} tabIndex={-1} style={{ outline: 'none' }}>
        <CaseBar
          view={view}
          open={works && step !== 'handover'}
          onTimeline={() => setDrawer(true)}
          onClose={() => void close()}
          onRefuse={() => setRefusing(true)}
        />
        <FailureLine failure={failure} />
        {!works && (
          <div className="note" role="status">
            <Text>{standing(t, view)}</Text>
            {last !== undefined && view.operator.self && (
              <ResetAftercare view={view} reset={last} onReset={onReread} />
            )}
            <div className="ended-actions">
              <Button onClick={onLeave} rightSection={<Kbd aria-hidden>Enter</Kbd>}>
                {t('case.ended.next')}
              </Button>
              <EvidenceButtons caseId={view.id} caseNumber={view.number} />
            </div>
          </div>
        )}
        {works && step !== 'handover' && <CaseFields view={view} onCase={onCase} />}
        <StepCard
          number={1}
          title={t(verified ? 'case.steps.verified' : 'case.steps.verify')}
          state={state('verify', verified)}
          summary={score(t, view)}
        >
          <VerifyStep view={view} onCase={onCase} />
        </StepCard>
        <StepCard
          number={2}
          title={t(
            reset === null
              ? last?.use === 'revoked' && step !== 'reset'
                ? 'case.steps.takenBack'
                : 'case.steps.reset'
              : reset.action === 'reset-link'
                ? 'case.steps.linkSent'
                : 'case.steps.resetDone',
          )}
          state={state('reset', reset !== null)}
          summary={reset === null ? t('case.steps.resetHint') : resetSummary(t, reset)}
        >
          <ResetStep view={view} onReset={onReread} onCase={onCase} />
        </StepCard>
        <StepCard
          number={3}
          title={t('case.steps.handover')}
          state={state('handover', last?.handedOverAt != null)}
          summary={step === 'handover' && reset !== null && <ValidFor reset={reset} />}
        >
          {reset !== null && (
            <HandoverStep key={reset.id} view={view} reset={reset} onReset={onReread} onDone={onLeave} />
          )}
        </StepCard>
      </main>
      <div className="case-right" tabIndex={0}>
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

function standing(t: Translate, view: CaseView): string {
  if (view.state === 'open') return t('case.ended.notYours', { operator: view.operator.displayName });
  return t(`case.ended.${view.state}`, {
    reason: view.refusal === null ? '' : t(`case.refuse.reasons.${view.refusal.reason}`),
  });
}
function score(t: Translate, { assurance, checks }: CaseView): string {
  const passed = checks
    .filter(({ attempt }) => attempt?.state === 'passed')
    .map(({ kind }) => t(`case.checkNames.${kind}`));
  const values = { earned: assurance.earned, needed: assurance.needed, checks: passed.join(', ') };
  return t(assurance.met && passed.length > 0 ? 'case.verify.summary' : 'case.verify.score', values);
}
function resetSummary(t: Translate, reset: CaseView['resets'][number]): string {
  return t('case.reset.summary', {
    time: clockTime(reset.at),
    unlocked: reset.unlocked ? t('case.reset.unlocked') : '',
    sessions: reset.sessionsEnded > 0 ? t('case.reset.sessions', { count: reset.sessionsEnded }) : '',
  });
}
