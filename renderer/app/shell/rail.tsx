import { Tooltip } from '@mantine/core';
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
import { useQueueCount } from '../../screens/queue/use-queue-count.ts';
import { useProtectedChangeCount } from '../../parts/protected-changes/use-protected-changes.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { OperatorMenu } from './operator-menu.tsx';
import type { Route } from './route.ts';
import { useRailEntries, type RailEntry } from './use-rail-entries.ts';

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
  readonly onGo: (route: Route) => void;
  readonly onKeys: () => void;
}

/** Navigation to every screen, the operator's menu and the state of the connection. */
export function Rail({ session, route, connection, onGo, onKeys }: RailProps) {
  const t = useTexts();
  const { rights, displayName } = session.operator;
  const entries = useRailEntries(rights);
  const queue = useQueueCount(rights.includes('approvals.decide'));
  const changes = useProtectedChangeCount(rights.includes('operators.manage'));
  const counts: Partial<Record<RailEntry, number>> = { queue, settings: changes };
  const button = (entry: RailEntry) => {
    const Icon = icons[entry];
    const current = route.screen === entry || (entry === 'desk' && route.screen === 'case');
    const waiting = counts[entry] ?? 0;
    return (
      <Tooltip key={entry} label={t(`shell.${entry}`)} position="right">
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
      <div className="rail-mark" aria-hidden>
        R
      </div>
      {entries.map(button)}
      <div className="rail-space" />
      {button('settings')}
      <OperatorMenu displayName={displayName} onKeys={onKeys} />
      <Tooltip label={t(`shell.connection.${connection}`)} position="right">
        <span
          className="connection"
          data-testid="rail-connection"
          data-state={connection}
          role="img"
          aria-label={t(`shell.connection.${connection}`)}
        />
      </Tooltip>
    </nav>
  );
}
