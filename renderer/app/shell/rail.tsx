import { useEffect } from 'react';
import { Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import {
  IconChecklist,
  IconFileImport,
  IconHistory,
  IconKey,
  IconList,
  IconMail,
  IconSchool,
  IconSearch,
  IconSettings,
  IconUsers,
} from '@tabler/icons-react';
import type { SessionView } from '../../../shared/api/session.ts';
import type { ConnectionState } from '../../../shared/bridge/state.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { useQueueCount } from '../../screens/queue/use-queue-count.ts';
import { useProtectedChangeCount } from '../../parts/protected-changes/use-protected-changes.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { OperatorMenu } from './operator-menu.tsx';
import type { Route } from './route.ts';
import { useRailEntries, type RailEntry } from './use-rail-entries.ts';
import { useRailKeys } from './use-rail-keys.ts';

const icons = {
  desk: IconSearch,
  queue: IconChecklist,
  cases: IconList,
  audit: IconHistory,
  practise: IconSchool,
  outbox: IconMail,
  requiredResets: IconKey,
  accounts: IconUsers,
  import: IconFileImport,
  settings: IconSettings,
} as const satisfies Record<RailEntry, unknown>;

interface RailProps {
  readonly session: SessionView;
  readonly route: Route;
  readonly connection: ConnectionState['state'];
  /** The operator has to set up two-factor authentication. */
  readonly hasDuty: boolean;
  readonly onGo: (route: Route) => void;
  readonly onKeys: () => void;
}

/** Navigation to every screen, the operator's menu and the state of the connection. */
export function Rail({ session, route, connection, hasDuty, onGo, onKeys }: RailProps) {
  const t = useTexts();
  const { rights, displayName } = session.operator;
  const entries = useRailEntries(rights);
  useRailKeys([...entries, 'settings'], (screen) => onGo({ screen }));
  const queue = useQueueCount(rights.includes('approvals.decide'));
  const bridge = useConsoleBridge();
  useEffect(() => {
    void bridge.app.showWaiting({ waiting: queue });
  }, [bridge, queue]);
  const changes = useProtectedChangeCount(rights.includes('operators.manage'));
  // From this width on, each entry shows its name, so that a tooltip would only repeat it.
  const hasNames = useMediaQuery('(min-width: 1280px)');
  const counts: Partial<Record<RailEntry, number>> = { queue, settings: changes };
  const button = (entry: RailEntry) => {
    const Icon = icons[entry];
    const current = route.screen === entry || (entry === 'desk' && route.screen === 'case');
    const waiting = counts[entry] ?? 0;
    return (
      <Tooltip
        key={entry}
        label={t(`shell.${entry}`)}
        position="right"
        events={{ hover: true, focus: false, touch: false }}
        disabled={hasNames || current}
      >
        <button
          type="button"
          className="rail-button"
          data-testid={`rail-${entry}`}
          aria-label={
            waiting > 0
              ? t(entry === 'settings' ? 'shell.changesCount' : 'shell.queueCount', { count: waiting })
              : t(`shell.${entry}`)
          }
          aria-current={current ? 'page' : undefined}
          onClick={() => onGo({ screen: entry })}
        >
          <Icon size={20} stroke={1.7} aria-hidden />
          <span className="rail-name" aria-hidden>
            {t(`shell.${entry}`)}
          </span>
          {waiting > 0 && (
            <span className="rail-badge" aria-hidden>
              {waiting}
            </span>
          )}
        </button>
      </Tooltip>
    );
  };
  return (
    <nav className="rail" aria-label={t('shell.rail')}>
      <svg className="rail-mark" viewBox="0 0 512 512" aria-hidden>
        <rect x="24" y="24" width="464" height="464" rx="108" />
        <path d="M146 256a110 110 0 1 1 33 79M140 356l38-22 22 38M256 270v62" />
        <circle cx="256" cy="240" r="30" />
      </svg>
      {entries.map(button)}
      <div className="rail-space" />
      {button('settings')}
      <OperatorMenu
        displayName={displayName}
        hasDuty={hasDuty}
        onDuty={() => onGo({ screen: 'settings' })}
        onKeys={onKeys}
      />
      <Tooltip label={t(`shell.connection.${connection}`)} position="right" disabled={hasNames}>
        <span className="connection-line">
          <span
            className="connection"
            data-testid="rail-connection"
            data-state={connection}
            role="img"
            aria-label={t(`shell.connection.${connection}`)}
          />
          <span className="rail-name" aria-hidden>
            {t(`shell.connection.${connection}`)}
          </span>
        </span>
      </Tooltip>
    </nav>
  );
}
