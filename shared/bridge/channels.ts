import type { EventName } from './contract.ts';

/** The channel of a call from the page to main. */
export const channel = (group: string, name: string): string => `${group}.${name}`;

/** The channel of an event from main to the page. */
export const eventChannel = (name: EventName): string => `event.${name}`;

/** The name under which the preload puts the bridge on `window`. */
export const bridgeName = 'resetDesk';

/** Calls that the preload makes for the page, which never gets them: a path may only come from a file that was really dropped. */
export const preloadOnly: ReadonlySet<string> = new Set([channel('imports', 'dropped')]);
