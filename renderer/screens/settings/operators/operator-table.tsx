import { ActionIcon, Menu, ScrollArea, Table, Text } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { OperatorRow } from '../../../../shared/api/operators.ts';
import { formatPastTime } from '../../../parts/clock/format-time.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { useDirectoryName, type ConfiguredDirectory } from './use-directory-name.ts';

export type OperatorAction =
  | 'edit'
  | 'invitation'
  | 'password'
  | 'revoke'
  | 'unlock'
  | 'secondFactor'
  | 'unlink'
  | 'linkDirectory'
  | 'unlinkDirectory'
  | 'sessions'
  | 'disable'
  | 'enable'
  | 'remove';

/** The actions that an operator's state allows. The backend checks them again. */
function actionsFor(row: OperatorRow): OperatorAction[] {
  if (row.state === 'removed') return [];
  if (row.state === 'invited') return ['edit', 'invitation', 'revoke'];
  return [
    'edit',
    ...(row.lockedUntil === null ? [] : (['unlock'] as const)),
    ...(row.state === 'active' && row.email !== null && !row.directory ? (['password'] as const) : []),
    ...(row.link === null ? [] : (['revoke'] as const)),
    ...(row.provider && !row.self ? (['unlink'] as const) : []),
    ...(!row.directory && row.linkedAccount !== null && !row.self ? (['linkDirectory'] as const) : []),
    ...(row.directory && !row.self ? (['unlinkDirectory'] as const) : []),
    'sessions',
    ...(row.self
      ? []
      : ([
          ...(row.secondFactorSince === null ? [] : (['secondFactor'] as const)),
          row.state === 'active' ? 'disable' : 'enable',
          'remove',
        ] as const)),
  ];
}

interface OperatorTableProps {
  readonly rows: readonly OperatorRow[];
  /** The configured directories, which scopes name. */
  readonly directories: readonly ConfiguredDirectory[];
  readonly onAction: (row: OperatorRow, action: OperatorAction) => void;
}

/** All operators, with their roles, scope and state. */
export function OperatorTable({ rows, directories, onAction }: OperatorTableProps) {
  const t = useTexts();
  const nameOf = useDirectoryName(directories);
  const scopeText = ({ scope }: OperatorRow) => {
    const parts = [
      ...scope.departments,
      ...scope.tiers.map((tier) => t(`search.tiers.${tier}`)),
      ...scope.directories.map(nameOf),
    ];
    return parts.length === 0 ? t('operators.all') : parts.join(', ');
  };
  const linkText = ({ link }: OperatorRow) => {
    if (link === null) return null;
    if (link.over) return t('operators.link.over');
    if (link.delivery === 'failed' || link.delivery === 'bounced') return t('operators.link.failed');
    const until = t('operators.link.good', { time: formatPastTime(link.expiresAt) });
    return link.delivery === 'kept-in-outbox' ? `${until} · ${t('operators.link.kept-in-outbox')}` : until;
  };
  return (
    <ScrollArea type="auto">
      <Table verticalSpacing={8} aria-label={t('operators.table')} miw={640} horizontalSpacing={8}>
        <Table.Thead>
          <Table.Tr>
            {(['name', 'roles', 'scope', 'secondFactor', 'lastSignIn', 'state', 'actions'] as const).map(
              (column) => (
                <Table.Th key={column}>{t(`operators.columns.${column}`)}</Table.Th>
              ),
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.id} data-testid={`operator-row-${row.userName}`} data-state={row.state}>
              <Table.Td>
                <Text size="sm" fw={500} className="operator-name">
                  <bdi>{row.displayName}</bdi>
                  {row.self && ` (${t('operators.you')})`}
                </Text>
                <Text size="xs" c="dimmed">
                  <bdi>{row.userName}</bdi>
                </Text>
                {row.directory && (
                  <Text size="xs" c="dimmed">
                    {t('operators.byDirectory')}
                  </Text>
                )}
              </Table.Td>
              <Table.Td>{row.roles.map((role) => t(`operators.roles.${role}`)).join(', ')}</Table.Td>
              <Table.Td>{scopeText(row)}</Table.Td>
              <Table.Td>
                {row.secondFactorSince !== null
                  ? t('operators.since', { time: formatPastTime(row.secondFactorSince) })
                  : t(row.provider ? 'operators.byProvider' : 'operators.noSecondFactor')}
              </Table.Td>
              <Table.Td style={{ whiteSpace: 'nowrap' }}>
                {row.lastSignInAt === null ? t('operators.never') : formatPastTime(row.lastSignInAt)}
              </Table.Td>
              <Table.Td>
                {row.lockedUntil === null
                  ? t(`operators.states.${row.state}`)
                  : t('operators.states.locked', { time: formatPastTime(row.lockedUntil) })}
                {row.link !== null && (
                  <Text size="xs" c="dimmed">
                    {linkText(row)}
                  </Text>
                )}
              </Table.Td>
              <Table.Td>
                {actionsFor(row).length > 0 && (
                  <Menu position="bottom-end" transitionProps={{ duration: 0 }}>
                    <Menu.Target>
                      <ActionIcon
                        variant="default"
                        data-testid={`operator-menu-${row.userName}`}
                        aria-label={t('operators.menu', { name: row.displayName })}
                      >
                        <IconDots size={16} aria-hidden />
                      </ActionIcon>
                    </Menu.Target>
                    <Menu.Dropdown>
                      {actionsFor(row).map((action) => (
                        <Menu.Item
                          key={action}
                          data-testid={`operator-action-${action}`}
                          onClick={() => onAction(row, action)}
                        >
                          {t(`operators.actions.${action}`)}
                        </Menu.Item>
                      ))}
                    </Menu.Dropdown>
                  </Menu>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  );
}
