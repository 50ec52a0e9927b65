import { lazy, Suspense, useEffect, useState } from 'react';
import { useConsoleBridge } from '../../bridge/console-bridge.ts';

const Documentation = lazy(() => import('./documentation.tsx'));
const Licences = lazy(() => import('./licences.tsx'));

/** Opened by the Help menu from every screen, even before the sign-in: the documentation and the licences. Needs no network. */
export function Help() {
  const bridge = useConsoleBridge();
  const [opened, setOpened] = useState<'documentation' | 'licences' | null>(null);
  useEffect(
    () =>
      bridge.on('navigate', ({ to }) => {
        if (to === 'documentation' || to === 'licences') setOpened(to);
      }),
    [bridge],
  );
  const close = () => setOpened(null);
  return (
    <Suspense fallback={null}>
      {opened === 'documentation' && <Documentation onClose={close} />}
      {opened === 'licences' && <Licences onClose={close} />}
    </Suspense>
  );
}
