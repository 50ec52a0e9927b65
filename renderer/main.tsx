import '@fontsource-variable/inter';
import '@fontsource/jetbrains-mono/400.css';
import '@fontsource/jetbrains-mono/600.css';
import '@mantine/core/styles.css';
import './theme/theme.css';
import './theme/blocks.css';
import { decodeStartState } from '../shared/bridge/start-state.ts';
import { ConsolePage } from './app/console-page.tsx';
import { showPage } from './app/show-page.ts';
import { consoleBridge } from './bridge/exposed-bridge.ts';
import { setUpTexts } from './texts/set-up-texts.ts';

const predictedState = decodeStartState(
  document.querySelector<HTMLMetaElement>('meta[name="start"]')?.content ?? '',
);
// Without a predicted state nothing can be drawn, so the state is requested before the page is set up.
const starting = predictedState === null ? consoleBridge().app.start() : null;
const styleNonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
// The scroll lock of Mantine's dialogs adds a style and reads the nonce under this name.
// oxlint-disable-next-line no-underscore-dangle -- its name, not ours
(globalThis as { __webpack_nonce__?: string }).__webpack_nonce__ = styleNonce;

await setUpTexts();
const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');
showPage(root, <ConsolePage predictedState={predictedState} starting={starting} styleNonce={styleNonce} />);
