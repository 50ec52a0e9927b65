import type { EventName } from './contract.ts';

/** The channel of a call from the page to main. */
export const channel = (group: string, name: string): string => `${group}.${name}`;

/** The channel of an event from main to the page. */
export const eventChannel = (name: EventName): string => `event.${name}`;

/** The name under which the preload puts the bridge on `window`. */
export const bridgeName = 'resetDesk';
