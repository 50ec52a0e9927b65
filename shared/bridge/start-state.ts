import type { ConsoleState } from './state.ts';

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
