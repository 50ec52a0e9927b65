import { Menu, Text, Tooltip, UnstyledButton } from '@mantine/core';
import {
  IconAlertTriangle,
  IconFileImport,
  IconInbox,
  IconKeyboard,
  IconList,
  IconLock,
  IconLogout,
  IconPlugConnected,
  IconPlugConnectedX,
  IconSearch,
  IconSettings,
  type Icon,
} from '@tabler/icons-react';
import type { OperatorView } from '../../shared/api/operator.ts';
import type { ConnectionState } from '../../shared/bridge/state.ts';
import { useWords } from '../texts/use-words.ts';
import type { ScreenName } from './screen.ts';

type Place = Exclude<ScreenName, 'case'>;

interface RailProps {
  readonly here: ScreenName;
  readonly operator: OperatorView;
  readonly outbox: boolean;
  readonly connection: ConnectionState['state'];
  readonly onGo: (to: Place) => void;
  readonly onLock: () => void;
  readonly onSignOut: () => void;
  readonly onKeys: () => void;
}

const icons: Record<Place, Icon> = {
  desk: IconSearch,
  cases: IconList,
  outbox: IconInbox,
  import: IconFileImport,
  settings: IconSettings,
};
const connectionIcons: Record<ConnectionState['state'], Icon> = {
  connected: IconPlugConnected,
  slow: IconAlertTriangle,
  offline: IconPlugConnectedX,
};
const initials = (name: string) =>
  name
    .split(/\s+/u)
    .map((part) => [...part][0] ?? '')
    .filter((letter, index, all) => index === 0 || index === all.length - 1)
    .join('')
    .toUpperCase();

/** Where one can go, who is signed in, and whether the backend answers. */
export function Rail(props: RailProps) {
  const { here, operator, outbox, connection, onGo } = props;
  const words = useWords();
  const item = (place: Place) => {
    const ItemIcon = icons[place];
    const current = here === place || (place === 'desk' && here === 'case');
    return (
      <Tooltip key={place} label={words(`shell.${place}`)} position="right">
        <UnstyledButton
          className="rail-item"
          aria-label={words(`shell.${place}`)}
          aria-current={current ? 'page' : undefined}
          onClick={() => onGo(place)}
        >
          <ItemIcon size={21} stroke={1.7} aria-hidden />
        </UnstyledButton>
      </Tooltip>
    );
  };
  const ConnectionIcon = connectionIcons[connection];
  return (
    <nav className="rail" aria-label={words('shell.rail')}>
      <span className="brand-mark" aria-hidden>
        R
      </span>
      {item('desk')}
      {item('cases')}
      {outbox && item('outbox')}
      {operator.rights.includes('accounts.import') && item('import')}
      <span className="rail-gap" />
      {item('settings')}
      <Menu position="right-end" width={220}>
        <Menu.Target>
          <UnstyledButton
            className="rail-item"
            aria-label={words('shell.operator', { name: operator.displayName })}
          >
            <span className="operator-mark" aria-hidden>
              {initials(operator.displayName)}
            </span>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            {words('shell.signedInAs')}
            <Text size="sm" fw={500} c="var(--mantine-color-text)">
              <bdi>{operator.displayName}</bdi>
            </Text>
          </Menu.Label>
          <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={props.onKeys}>
            {words('shell.keys')}
          </Menu.Item>
          <Menu.Item leftSection={<IconLock size={16} />} onClick={props.onLock}>
            {words('shell.lock')}
          </Menu.Item>
          <Menu.Item leftSection={<IconLogout size={16} />} onClick={props.onSignOut}>
            {words('shell.signOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Tooltip label={words(`shell.connection.${connection}`)} position="right">
        <span
          className="connection"
          data-state={connection}
          role="img"
          aria-label={words(`shell.connection.${connection}`)}
        >
          <ConnectionIcon size={18} stroke={1.7} aria-hidden />
        </span>
      </Tooltip>
    </nav>
  );
}
