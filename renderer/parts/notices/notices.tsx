import { useEffect, useState } from 'react';
import { Button, Text } from '@mantine/core';
import type { Notice } from '../../../shared/bridge/notice.ts';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { useTexts } from '../../texts/use-texts.ts';
import './notices.css';

/** The notices about the console on this computer, on every screen, until the operator dismisses them. */
export function Notices() {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  useEffect(() => {
    // After the first paint, which waits for no call.
    const idle = requestIdleCallback(() => {
      void bridge.app.notices().then((answer) => {
        if (answer.ok) setNotices(answer.value);
      });
    });
    const off = bridge.on('notice', (added) => {
      setNotices((before) => [...before.filter(({ kind }) => kind !== added.kind), added]);
    });
    return () => {
      cancelIdleCallback(idle);
      off();
    };
  }, [bridge]);
  const dismiss = (dismissed: Notice['kind']) => {
    setNotices((before) => before.filter(({ kind }) => kind !== dismissed));
    void bridge.app.dismissNotice({ kind: dismissed });
  };
  if (notices.length === 0) return null;
  return (
    <aside className="console-notices" aria-label={t('shell.notices.label')}>
      {notices.map(({ kind, detail }) => (
        <div key={kind} className="console-notice" role="alert" data-testid={`notice-${kind}`}>
          <Text size="sm">{t(`shell.notices.${kind}`, { detail: detail ?? '' })}</Text>
          <Button size="compact-sm" variant="default" onClick={() => dismiss(kind)}>
            {t('shell.dismiss')}
          </Button>
        </div>
      ))}
    </aside>
  );
}
