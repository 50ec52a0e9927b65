import { renderToString } from 'react-dom/server';
import {
  firstScreenOf,
  styleAttribute,
  valuePlaceholders,
  type FirstScreen,
} from '../../shared/bridge/first-screen.ts';
import type { Bridge } from '../../shared/bridge/contract.ts';
import type { ConsoleState } from '../../shared/bridge/state.ts';
import { unmanaged } from '../../shared/managed/unmanaged.ts';
import { BridgeOverride } from '../bridge/console-bridge.ts';
import { setUpTexts } from '../texts/set-up-texts.ts';
import { ConsolePage } from './console-page.tsx';

const signIn: ConsoleState = {
  stage: 'sign-in',
  server: { kind: 'this-computer', address: '', about: null },
  provider: null,
  session: null,
  lastUserName: valuePlaceholders.lastUserName,
  failure: null,
  connection: null,
  keychain: 'ready',
  platform: 'linux',
  version: '',
  scheme: 'system',
  spelling: 'en',
  startup: { autostart: false, tray: false },
  managed: unmanaged,
};

/** A state for each rendered screen. Fields that no screen shows have any value. */
export const firstStates: readonly ConsoleState[] = (['ready', 'missing'] as const).flatMap((keychain) =>
  [null, valuePlaceholders.provider].map((provider) => ({ ...signIn, keychain, provider })),
);

/** Moves the attributes `style` of rendered HTML into rules of one style element. */
function withStylesApart(rendered: string, styleNonce: string): FirstScreen {
  const rules = new Set<string>();
  const html = rendered.replaceAll(/ style="([^"]*)"/g, (_attribute, styles: string) => {
    rules.add(`#root [${styleAttribute}="${styles}"]{${styles}}`);
    return ` ${styleAttribute}="${styles}"`;
  });
  return { html, styles: `<style nonce="${styleNonce}">${[...rules].join('')}</style>` };
}

/** Renders the first screens for the start page. `styleNonce` is a placeholder here. */
export async function renderFirstScreens(styleNonce: string): Promise<Readonly<Record<string, FirstScreen>>> {
  await setUpTexts();
  // Only effects and handlers call it, and rendering to a string runs neither.
  const noBridge = {} as Bridge;
  const render = (state: ConsoleState) =>
    renderToString(
      <BridgeOverride value={noBridge}>
        <ConsolePage predictedState={state} starting={null} styleNonce={styleNonce} />
      </BridgeOverride>,
    );
  return Object.fromEntries(
    firstStates.map((state) => [firstScreenOf(state), withStylesApart(render(state), styleNonce)]),
  );
}
