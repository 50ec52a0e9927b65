import type { ConsoleState } from './state.ts';

/** The placeholder in the start page for the nonce of each load's styles. */
export const noncePlaceholder = '__STYLE_NONCE__';

/** The placeholder in the start page for the colour scheme, `light` or `dark`, so that nothing is painted in the other one. */
export const schemePlaceholder = '__SCHEME__';

/** The placeholder in the start page that main replaces by the encoded state, so that the first paint needs no call. */
export const startStatePlaceholder = '__START__';

/** Percent-encodes a state for an HTML attribute; an empty string without a state. */
export const encodeStartState = (state: ConsoleState | null): string =>
  state === null ? '' : encodeURIComponent(JSON.stringify(state));

/** Decodes the attribute; null if it is empty or still holds the placeholder. */
export const decodeStartState = (content: string): ConsoleState | null =>
  content === '' || content === startStatePlaceholder
    ? null
    : (JSON.parse(decodeURIComponent(content)) as ConsoleState);
