import { useEffect, useRef, useState } from 'react';
import { Button, Kbd, Menu, Modal, Text, Tooltip } from '@mantine/core';
import {
  IconChecklist,
  IconFileImport,
  IconHistory,
  IconList,
  IconKey,
  IconMail,
  IconSchool,
  IconSearch,
  IconSettings,
  IconUserCircle,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { SessionView } from '../../shared/api/session.ts';
import type { BackendProcessState, ConsoleState } from '../../shared/bridge/state.ts';
import { CaseScreen } from '../case/case-screen.tsx';
import { useConsoleBridge, valueOf } from '../bridge/console-bridge.ts';
import { useWords } from '../texts/use-words.ts';
import { AuditScreen } from '../audit/audit-screen.tsx';
import { CasesScreen } from '../cases/cases-screen.tsx';
import { DrillScreen } from '../drill/drill-screen.tsx';
import { DrillBanner } from '../drill/drill-banner.tsx';
import { DeskScreen } from '../desk/desk-screen.tsx';
import { ImportScreen } from '../import/import-screen.tsx';
import { OutboxScreen } from '../outbox/outbox-screen.tsx';
import { RequiredResetsScreen } from '../required-resets/required-resets-screen.tsx';
import { QueueScreen } from '../queue/queue-screen.tsx';
import { useQueueCount } from '../queue/use-queue-count.ts';
import { AlertBanner } from '../alert/alert-banner.tsx';
import { SecondFactorNotice } from '../own-account/second-factor-notice.tsx';
import { AccountSearch } from '../search/account-search.tsx';
import { SettingsScreen } from '../settings/settings-screen.tsx';
import { ErrorBoundary } from '../app/error-boundary.tsx';
import type { Place } from './place.ts';
import { TopSlotProvider } from './top-slot.tsx';
import { useLive } from '../live/use-live.ts';
import { useActivity } from './use-activity.ts';

interface ShellProps {
  readonly state: ConsoleState;
  readonly session: SessionView;
  readonly place: Place;
  readonly onGo: (place: Place) => void;
  /** Why the sign-in was not remembered, as a failure code; null when it was, or was not asked for. */
  readonly notRemembered: string | null;
  readonly onState: (state: ConsoleState) => void;
}

const icons = {
  desk: IconSearch,
  queue: IconChecklist,
  cases: IconList,
  audit: IconHistory,
  practise: IconSchool,
  outbox: IconMail,
  requiredResets: IconKey,
  import: IconFileImport,
  settings: IconSettings,
} as const;
type Entry = keyof typeof icons;

/** Rail, search box and the screen that is open. */
export function Shell({ state, session, place, onGo, notRemembered, onState }: ShellProps) {
  const words = useWords();
  const { t } = useTranslation();
  const bridge = useConsoleBridge();
  const [keys, setKeys] = useState(false);
  const [said, setSaid] = useState(notRemembered);
  const [backend, setBackend] = useState<BackendProcessState | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  const { rights, displayName } = session.operator;
  useActivity(bridge);
  useLive(bridge);

  const outbox = useQuery({
    queryKey: ['outbox', 'active'],
    queryFn: async () => {
      const [mails, texts] = await Promise.all([
        valueOf(bridge.outbox.list({ query: { limit: 1 } })),
        valueOf(bridge.outbox.listTexts({ query: { limit: 1 } })),
      ]);
      // Mails are sent as a rule; that texts are kept is of interest once there is one.
      return mails.active || (texts.active && texts.texts.length > 0);
    },
    enabled: rights.includes('outbox.read'),
    refetchInterval: 30_000,
  });
  const approves = rights.includes('approvals.decide');
  const queue = useQueueCount(approves);
  const entries: Entry[] = ['desk'];
  if (approves) entries.push('queue');
  if (rights.includes('cases.work')) entries.push('cases', 'practise');
  if (rights.includes('audit.read')) entries.push('audit');
  if (outbox.data === true) entries.push('outbox');
  if (rights.includes('resets.require')) entries.push('requiredResets');
  if (rights.includes('accounts.import')) entries.push('import');

  useEffect(
    () =>
      bridge.on('navigate', ({ to }) => {
        if (to === 'search') search.current?.focus();
        else if (to === 'lock') void bridge.session.lock();
        else if (to === 'keys') setKeys(true);
        else onGo({ screen: to });
      }),
    [bridge, onGo],
  );
  useEffect(() => bridge.on('backendProcess', setBackend), [bridge]);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        // A dialog keeps the focus until it is answered.
        if (document.querySelector('[role=dialog]') !== null) return;
        search.current?.focus();
        search.current?.select();
        return;
      }
      const typing =
        event.target instanceof HTMLElement && event.target.closest('input, textarea, select') !== null;
      if (event.key === '?' && !typing) setKeys(true);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);

  const openCase = (caseId: string) => onGo({ screen: 'case', caseId });
  const toDesk = () => onGo({ screen: 'desk' });
  const connection = state.connection?.state ?? 'connected';
  const trouble =
    backend?.state === 'failed' || backend?.state === 'restarting'
      ? backend.state
      : connection === 'offline'
        ? 'offline'
        : null;
  const railButton = (entry: Entry) => {
    const Icon = icons[entry];
    const current = place.screen === entry || (entry === 'desk' && place.screen === 'case');
    return (
      <Tooltip key={entry} label={words(`shell.${entry}`)} position="right">
        <button
          type="button"
          className="rail-button"
          aria-label={
            entry === 'queue' && queue > 0
              ? words('shell.queueCount', { count: queue })
              : words(`shell.${entry}`)
          }
          aria-current={current ? 'page' : undefined}
          onClick={() => onGo({ screen: entry })}
        >
          <Icon size={20} stroke={1.7} aria-hidden />
          {entry === 'queue' && queue > 0 && (
            <span className="rail-badge" aria-hidden>
              {queue}
            </span>
          )}
        </button>
      </Tooltip>
    );
  };

  return (
    <div className="shell" data-drill={place.screen === 'practise'}>
      <nav className="rail" aria-label={words('shell.rail')}>
        <div className="rail-mark" aria-hidden>
          R
        </div>
        {entries.map(railButton)}
        <div className="rail-space" />
        {railButton('settings')}
        <Menu position="right-end" transitionProps={{ duration: 0 }}>
          <Menu.Target>
            <button
              type="button"
              className="rail-button"
              aria-label={words('shell.operator', { name: displayName })}
            >
              <IconUserCircle size={20} stroke={1.7} aria-hidden />
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{words('shell.operator', { name: displayName })}</Menu.Label>
            <Menu.Item onClick={() => void bridge.app.openExternal({ target: 'login-page' })}>
              {words('shell.loginPage')}
            </Menu.Item>
            <Menu.Item onClick={() => setKeys(true)}>{words('shell.keys')}</Menu.Item>
            <Menu.Item onClick={() => void bridge.session.lock()}>{words('shell.lock')}</Menu.Item>
            <Menu.Item onClick={() => void bridge.session.signOut()}>{words('shell.signOut')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
        <Tooltip label={words(`shell.connection.${connection}`)} position="right">
          <span
            className="connection"
            data-state={connection}
            role="img"
            aria-label={words(`shell.connection.${connection}`)}
          />
        </Tooltip>
      </nav>
      <section className="top" aria-label={words('shell.top')}>
        {place.screen === 'desk' ? (
          <Text fw={600}>{words('desk.title')}</Text>
        ) : place.screen === 'practise' ? (
          <DrillBanner />
        ) : (
          <AccountSearch ref={search} onOpen={openCase} />
        )}
        {said !== null && (
          <Text size="sm" role="status">
            {words('shell.notRemembered', { why: words(`failures.codes.${said.replace('.', '_')}`) })}{' '}
            <Button variant="subtle" size="compact-sm" onClick={() => setSaid(null)}>
              {words('shell.dismiss')}
            </Button>
          </Text>
        )}
        <div className="top-slot" ref={setSlot} />
      </section>
      {/* Above what scrolls: said for as long as it holds. */}
      <div>
        <AlertBanner />
        {place.screen !== 'settings' && (
          <SecondFactorNotice session={session} onSetUp={() => onGo({ screen: 'settings' })} />
        )}
      </div>
      <div className="content">
        <TopSlotProvider value={slot}>
          <ErrorBoundary key={place.screen}>
            {place.screen === 'desk' && (
              <DeskScreen
                search={search}
                mayImport={rights.includes('accounts.import')}
                onOpen={openCase}
                onImport={() => onGo({ screen: 'import' })}
              />
            )}
            {place.screen === 'case' && (
              <CaseScreen key={place.caseId} caseId={place.caseId} onLeave={toDesk} onLook={openCase} />
            )}
            {place.screen === 'practise' && <DrillScreen search={search} onLeave={toDesk} />}
            {place.screen === 'queue' && <QueueScreen onOpenCase={openCase} />}
            {place.screen === 'cases' && <CasesScreen onOpen={openCase} />}
            {place.screen === 'audit' && (
              <AuditScreen onOpenCase={rights.includes('cases.work') ? openCase : null} />
            )}
            {place.screen === 'outbox' && <OutboxScreen />}
            {place.screen === 'requiredResets' && <RequiredResetsScreen />}
            {place.screen === 'import' && <ImportScreen onDone={toDesk} />}
            {place.screen === 'settings' && <SettingsScreen rights={rights} />}
          </ErrorBoundary>
        </TopSlotProvider>
      </div>
      {trouble !== null && (
        <div className="banner" role="alert">
          {words(`shell.banner.${trouble}`)}{' '}
          {trouble === 'failed' && (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() =>
                void bridge.server.restartBackend().then((answer) => {
                  if (answer.ok) onState(answer.value);
                })
              }
            >
              {words('shell.banner.restart')}
            </Button>
          )}
        </div>
      )}
      <Modal
        opened={keys}
        onClose={() => setKeys(false)}
        title={words('shell.keys')}
        closeButtonProps={{ 'aria-label': words('shell.closeKeys') }}
      >
        <dl className="facts">
          {Object.entries(t('shell.keyList', { returnObjects: true }) as Record<string, string>).map(
            ([key, meaning]) => (
              <div key={key} style={{ display: 'contents' }}>
                <dt>
                  <Kbd>{key}</Kbd>
                </dt>
                <dd>{meaning}</dd>
              </div>
            ),
          )}
        </dl>
      </Modal>
    </div>
  );
}
