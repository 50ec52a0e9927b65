import { useEffect, useState } from 'react';
import {
  Button,
  MantineProvider,
  useMantineColorScheme,
  type MantineColorSchemeManager,
} from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { Bridge } from '../../shared/bridge/contract.ts';
import { BridgeOverride } from '../bridge/console-bridge.ts';
import { FailureLine } from '../failure/failure-line.tsx';
import { Reauthenticate } from '../reauthenticate/reauthenticate.tsx';
import { useWords } from '../texts/use-words.ts';
import { styleNonce } from '../theme/style-nonce.ts';
import { cssVariables, theme } from '../theme/theme.ts';
import { ConsoleContext } from './console-context.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { Gate } from './gate.tsx';
import { Stages } from './stages.tsx';
import { useConsoleState } from './use-console-state.ts';

/** Main keeps the chosen scheme and has told the window already; nothing is stored in the page. */
const schemeManager: MantineColorSchemeManager = {
  get: (fallback) => fallback,
  set: () => undefined,
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => undefined,
};

/** The whole application around one bridge. */
export function Application({ bridge }: { readonly bridge: Bridge }) {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: { queries: { retry: false, refetchOnWindowFocus: false, gcTime: 60_000 } },
      }),
  );
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      getStyleNonce={styleNonce}
      defaultColorScheme="auto"
      colorSchemeManager={schemeManager}
    >
      <QueryClientProvider client={client}>
        <ErrorBoundary bridge={bridge}>
          <Started bridge={bridge} />
        </ErrorBoundary>
      </QueryClientProvider>
    </MantineProvider>
  );
}

function Started({ bridge }: { readonly bridge: Bridge }) {
  const words = useWords();
  const { value, failure, reread } = useConsoleState(bridge);
  const { setColorScheme } = useMantineColorScheme();
  const scheme = value?.state.scheme;
  useEffect(() => {
    if (scheme !== undefined) setColorScheme(scheme === 'system' ? 'auto' : scheme);
  }, [scheme, setColorScheme]);
  if (value === null)
    return failure === null ? (
      <main className="starting" aria-busy aria-label={words('app.starting')} />
    ) : (
      <Gate title={words('app.broken.title')}>
        <FailureLine failure={failure} />
        <Button onClick={() => void reread()}>{words('app.unreachable.again')}</Button>
      </Gate>
    );
  return (
    <ConsoleContext value={value}>
      <BridgeOverride value={bridge}>
        <Reauthenticate bridge={bridge} onSessionLost={reread}>
          <Stages />
        </Reauthenticate>
      </BridgeOverride>
    </ConsoleContext>
  );
}
