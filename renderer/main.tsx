import '@fontsource-variable/inter';
import '@fontsource/jetbrains-mono/400.css';
import '@fontsource/jetbrains-mono/600.css';
import '@mantine/core/styles.css';
import './theme/theme.css';
import './theme/blocks.css';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { decodeStartState } from '../shared/bridge/start-state.ts';
import { App } from './app/app.tsx';
import { ErrorBoundary } from './parts/failure/error-boundary.tsx';
import { consoleBridge } from './bridge/console-bridge.ts';
import { setUpTexts } from './texts/set-up-texts.ts';
import { cssVariables, followSystem, theme } from './theme/theme.ts';

const predictedState = decodeStartState(
  document.querySelector<HTMLMetaElement>('meta[name="start"]')?.content ?? '',
);
// Without a predicted state nothing can be drawn, so the state is requested before the page is set up.
const starting = predictedState === null ? consoleBridge().app.start() : null;
const client = new QueryClient({
  defaultOptions: { queries: { retry: false, refetchOnWindowFocus: false, staleTime: 0 } },
});
const styleNonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
// The scroll lock of Mantine's dialogs adds a style and reads the nonce under this name.
// oxlint-disable-next-line no-underscore-dangle -- its name, not ours
(globalThis as { __webpack_nonce__?: string }).__webpack_nonce__ = styleNonce;

await setUpTexts();
const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');
createRoot(root).render(
  <MantineProvider
    theme={theme}
    cssVariablesResolver={cssVariables}
    defaultColorScheme="auto"
    colorSchemeManager={followSystem}
    getStyleNonce={() => styleNonce}
  >
    <QueryClientProvider client={client}>
      <ErrorBoundary>
        <App predictedState={predictedState} starting={starting} />
      </ErrorBoundary>
    </QueryClientProvider>
  </MantineProvider>,
);
