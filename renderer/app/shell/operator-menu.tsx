import { Menu } from '@mantine/core';
import { IconUserCircle } from '@tabler/icons-react';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { useTexts } from '../../texts/use-texts.ts';

interface OperatorMenuProps {
  readonly displayName: string;
  /** The operator has something to set up; the menu says what. */
  readonly hasDuty: boolean;
  readonly onDuty: () => void;
  readonly onKeys: () => void;
}

/** The menu of the signed-in operator: keyboard shortcuts, lock, sign out. */
export function OperatorMenu({ displayName, hasDuty, onDuty, onKeys }: OperatorMenuProps) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const operator = t('shell.operator', { name: displayName });
  return (
    <Menu position="right-end" transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <button type="button" className="rail-button" data-testid="rail-operator" aria-label={operator}>
          <IconUserCircle size={20} stroke={1.7} aria-hidden />
          <span className="rail-name" aria-hidden>
            <bdi>{displayName}</bdi>
          </span>
          {hasDuty && <span className="rail-dot" data-testid="rail-duty" aria-hidden />}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{operator}</Menu.Label>
        {hasDuty && (
          <Menu.Item data-testid="operator-set-up-factor" onClick={onDuty}>
            {t('operators.own.noticeLink')}
          </Menu.Item>
        )}
        <Menu.Item data-testid="operator-login-page" onClick={() => void bridge.app.openLoginPage()}>
          {t('shell.loginPage')}
        </Menu.Item>
        <Menu.Item data-testid="operator-keys" onClick={onKeys}>
          {t('shell.keys')}
        </Menu.Item>
        <Menu.Item data-testid="operator-lock" onClick={() => void bridge.session.lock()}>
          {t('shell.lock')}
        </Menu.Item>
        <Menu.Item data-testid="operator-sign-out" onClick={() => void bridge.session.signOut()}>
          {t('shell.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
