import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { repeatEarlyActs } from '../bridge/early-acts.ts';
import { ErrorBoundary } from '../parts/failure/error-boundary.tsx';
import { cssVariables, followSystem, theme } from '../theme/theme.ts';
import { App } from './app.tsx';

const newClient = () =>
  new QueryClient({
    defaultOptions: { queries: { retry: false, refetchOnWindowFocus: false, staleTime: 0 } },
  });

/** The whole page. The build renders it for the first screens, and the console hydrates what the build has rendered. */
export function ConsolePage({
  styleNonce,
  ...app
}: Parameters<typeof App>[0] & { readonly styleNonce: string }) {
  const [client] = useState(newClient);
  useEffect(() => {
    // After the render in which the fields' values have become state.
    const timer = setTimeout(repeatEarlyActs, 0);
    return () => clearTimeout(timer);
  }, []);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      colorSchemeManager={followSystem}
      getStyleNonce={() => styleNonce}
    >
      <QueryClientProvider client={client}>
        <ErrorBoundary>
          <App {...app} />
        </ErrorBoundary>
      </QueryClientProvider>
    </MantineProvider>
  );
}
