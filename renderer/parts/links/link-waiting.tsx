import { useEffect, useState } from 'react';
import { Text } from '@mantine/core';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';
import { useTexts } from '../../texts/use-texts.ts';

/** Says that a link of another program waits for the sign-in or the unlock, without its content; nothing while none does. */
export function LinkWaiting({ after }: { readonly after: 'signIn' | 'unlock' }) {
  const t = useTexts();
  const bridge = useConsoleBridge();
  const [isWaiting, setWaiting] = useState(false);
  useEffect(() => {
    // After the first paint, which waits for no call.
    const idle = requestIdleCallback(() => {
      void bridge.app.linkWaiting().then((answer) => {
        if (answer.ok && answer.value) setWaiting(true);
      });
    });
    const off = bridge.on('link', () => setWaiting(true));
    return () => {
      cancelIdleCallback(idle);
      off();
    };
  }, [bridge]);
  if (!isWaiting) return null;
  return (
    <Text size="sm" role="status" data-testid="link-waiting">
      {t(`entrance.link.${after}`)}
    </Text>
  );
}
