import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@mantine/core/styles.css';
import '@fontsource-variable/inter/index.css';
import '@fontsource/jetbrains-mono/500.css';
import './theme/theme.css';
import type { Bridge } from '../shared/bridge/contract.ts';
import { bridgeName } from '../shared/bridge/channels.ts';
import { Application } from './app/application.tsx';
import { setUpTexts } from './texts/set-up-texts.ts';
import { styleNonce } from './theme/style-nonce.ts';

// Mantine's dialogs lock scrolling with a style element of their own, which takes its nonce from here.
Object.assign(globalThis, { __webpack_nonce__: styleNonce() });

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no root.');
await setUpTexts();
const bridge = (window as unknown as Record<typeof bridgeName, Bridge>)[bridgeName];
createRoot(root).render(
  <StrictMode>
    <Application bridge={bridge} />
  </StrictMode>,
);
