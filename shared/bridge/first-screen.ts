import type { ConsoleState } from './state.ts';

/** The placeholders in the start page for a screen that the build has rendered, and for its styles. */
export const screenPlaceholders = { html: '__FIRST_SCREEN__', styles: '__FIRST_STYLES__' } as const;

/** Holds the styles of an element in a rendered screen: the page's policy ignores the attribute `style`. */
export const styleAttribute = 'data-first-style';

/** A screen that the build has rendered. */
export interface FirstScreen {
  readonly html: string;
  /** A style element whose rules stand for the attributes until the page's code has moved them to their elements. */
  readonly styles: string;
}

/** The placeholders in a rendered screen for the values that only the console knows. */
export const valuePlaceholders = { lastUserName: '__LAST_USER_NAME__', provider: '__PROVIDER__' } as const;

/** The name of the file with the rendered screens, beside the start page. */
export const firstScreensFile = 'first-screens.json';

/** The content of that file. */
export interface FirstScreens {
  /** The style sheet of all rendered screens. */
  readonly styles: string;
  /** The address of the font of nearly all their texts. */
  readonly font: string;
  /** The rendered screens by their names. */
  readonly screens: Readonly<Record<string, FirstScreen>>;
}

/** The name of the rendered screen that shows a predicted state; null if the build has rendered none for it. */
export function firstScreenOf(state: ConsoleState): string | null {
  const { stage, server, lastUserName, keychain, provider, managed } = state;
  const isRendered =
    stage === 'sign-in' &&
    server?.kind === 'this-computer' &&
    lastUserName !== null &&
    managed.values.SignIn === undefined &&
    managed.values.ServerLocked === undefined;
  if (!isRendered) return null;
  return `sign-in ${keychain === 'ready' ? 'with' : 'without'} keychain ${provider === null ? 'without' : 'with'} provider`;
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#x27;',
};

/** SECURITY: docs/security.md, 18. Puts the state's values into a rendered screen, escaped for texts and attributes. */
export function fillFirstScreen(html: string, state: ConsoleState): string {
  return Object.entries(valuePlaceholders).reduce(
    (filled, [name, placeholder]) =>
      filled.replaceAll(placeholder, () =>
        (state[name as keyof typeof valuePlaceholders] ?? '').replaceAll(
          /[&<>"']/g,
          (character) => escapes[character] ?? '',
        ),
      ),
    html,
  );
}
