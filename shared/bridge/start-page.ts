import type { ConsoleState } from './state.ts';

/** Where the start page has the state that it may draw at once; main writes it there, percent-encoded. */
export const startPlace = '__START__';

/** A state as it stands in an attribute. */
export const startContent = (state: ConsoleState | null): string =>
  state === null ? '' : encodeURIComponent(JSON.stringify(state));

/** The state in such an attribute; null where there is none. */
export const startFrom = (content: string): ConsoleState | null =>
  content === '' || content === startPlace ? null : (JSON.parse(decodeURIComponent(content)) as ConsoleState);
