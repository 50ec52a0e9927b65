import { useCallback, useEffect, useRef, useState } from 'react';
import { Button, Text } from '@mantine/core';
import type { SessionView } from '../../../shared/api/session.ts';
import type { ConsoleState } from '../../../shared/bridge/state.ts';
import { AlertBanner } from '../../parts/alert/alert-banner.tsx';
import { BannerShown } from '../../parts/failure/banner-shown.ts';
import { ErrorBoundary } from '../../parts/failure/error-boundary.tsx';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { DrillBanner } from '../../screens/drill/drill-banner.tsx';
import { pressedKey } from '../../parts/keys/pressed-key.ts';
import { useKeydown } from '../../parts/keys/use-keydown.ts';
import { useLive } from '../../parts/live/use-live.ts';
import {
  SecondFactorNotice,
  useSecondFactorDeadline,
} from '../../screens/settings/own-account/second-factor-notice.tsx';
import { useOpenCases } from '../../parts/open-cases/use-open-cases.ts';
import { AccountSearch } from '../../parts/search/account-search.tsx';
import { UnsavedProvider, useLeaveGuard } from '../../parts/unsaved/unsaved.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { CaseStrip } from './case-strip.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import { LinkBanner } from './link-banner.tsx';
import { OpenScreen } from './open-screen.tsx';
import type { Route } from './route.ts';
import { Rail } from './rail.tsx';
import { SentDialog } from '../../parts/protected-changes/sent-dialog.tsx';
import { TopSlotProvider } from '../../parts/top-bar/top-slot.tsx';
import { TroubleBanner, useTrouble } from './trouble-banner.tsx';
import { useDeepLink } from './use-deep-link.ts';
import { useActivity } from './use-activity.ts';
import './shell.css';

interface ShellProps {
  readonly state: ConsoleState;
  readonly session: SessionView;
  readonly route: Route;
  readonly onGo: (route: Route) => void;
  /** The failure code why the sign-in was not stored; null if it was stored or was not meant to be. */
  readonly notRemembered: string | null;
  readonly onState: (state: ConsoleState) => void;
}

/** The rail, the search box and the open screen. */
export function Shell(props: ShellProps) {
  const trouble = useTrouble(props.state.connection?.state ?? 'connected');
  return (
    <UnsavedProvider>
      <BannerShown value={trouble !== null}>
        <GuardedShell {...props} trouble={trouble} />
      </BannerShown>
    </UnsavedProvider>
  );
}

function GuardedShell({
  state,
  session,
  route,
  onGo: go,
  notRemembered,
  onState,
  trouble,
}: ShellProps & { readonly trouble: ReturnType<typeof useTrouble> }) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [keys, setKeys] = useState(false);
  const [rememberFailure, setRememberFailure] = useState(notRemembered);
  const search = useRef<HTMLInputElement>(null);
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  const guard = useLeaveGuard();
  const { leave } = guard;
  const onGo = useCallback((to: Route) => leave(() => go(to)), [go, leave]);
  const connection = state.connection?.state ?? 'connected';
  const isApprover = session.operator.rights.includes('approvals.decide');
  const link = useDeepLink(route, onGo, isApprover);
  const secondFactorBy = useSecondFactorDeadline(session);
  const toOwnSettings = () => onGo({ screen: 'settings' });
  const openCases = useOpenCases(session.operator.rights.includes('cases.work'));
  useActivity(bridge);
  useLive(bridge);

  useEffect(
    () =>
      bridge.on('navigate', ({ to, caseNumber }) => {
        if (to === 'search') search.current?.focus();
        else if (to === 'report' || to === 'documentation' || to === 'licences') return;
        else if (to === 'lock') void bridge.session.lock();
        else if (to === 'keys') setKeys(true);
        else if (to === 'queue' && caseNumber !== undefined) onGo({ screen: to, caseNumber });
        else onGo({ screen: to });
      }),
    [bridge, onGo],
  );
  useKeydown((event) => {
    if ((event.ctrlKey || event.metaKey) && pressedKey(event) === 'k') {
      event.preventDefault();
      // An open dialog keeps the focus.
      if (document.querySelector('[role=dialog]') !== null) return;
      search.current?.focus();
      search.current?.select();
      return;
    }
    const typing =
      event.target instanceof HTMLElement && event.target.closest('input, textarea, select') !== null;
    if (pressedKey(event) === '?' && !typing) setKeys(true);
  });

  return (
    <div className="shell" data-drill={route.screen === 'practise'}>
      <Rail
        session={session}
        route={route}
        connection={connection}
        hasDuty={secondFactorBy !== null}
        onGo={onGo}
        onKeys={() => setKeys(true)}
      />
      <section className="top" aria-label={t('shell.top')}>
        {route.screen === 'desk' ? (
          <Text fw={600}>{t('desk.title')}</Text>
        ) : route.screen === 'practise' ? (
          <DrillBanner />
        ) : (
          <AccountSearch ref={search} onOpen={(caseId) => onGo({ screen: 'case', caseId })} />
        )}
        {rememberFailure !== null && (
          <Text size="sm" role="status">
            {t('shell.notRemembered', { why: t(`failures.codes.${rememberFailure.replace('.', '_')}`) })}{' '}
            <Button variant="subtle" size="compact-sm" onClick={() => setRememberFailure(null)}>
              {t('shell.dismiss')}
            </Button>
          </Text>
        )}
        <div className="top-slot" ref={setSlot} />
      </section>
      {/* Above the scrolling part, so that the notices stay visible. */}
      <div>
        {route.screen !== 'practise' && (
          <CaseStrip
            cases={openCases}
            current={route.screen === 'case' ? route.caseId : null}
            onOpen={(caseId) => onGo({ screen: 'case', caseId })}
          />
        )}
        <AlertBanner />
        {route.screen === 'desk' && <SecondFactorNotice by={secondFactorBy} onSetUp={toOwnSettings} />}
      </div>
      <div className="content">
        <TopSlotProvider value={slot}>
          <ErrorBoundary key={route.screen}>
            <OpenScreen route={route} rights={session.operator.rights} search={search} onGo={onGo} />
          </ErrorBoundary>
        </TopSlotProvider>
      </div>
      {link.offered !== null && (
        <LinkBanner link={link.offered} isApprover={isApprover} onOpen={link.open} onDismiss={link.dismiss} />
      )}
      <TroubleBanner trouble={trouble} onState={onState} />
      <SentDialog />
      {guard.dialog}
      <KeysDialog opened={keys} onClose={() => setKeys(false)} />
    </div>
  );
}
