import { contract, eventContract, type CallGroup, type Contract, type EventName } from './contract.ts';

/**
 * The names of all calls by group. The build replaces this module by its value (`build/replace-by-value.ts`), so that the
 * preload and the window load no schemas.
 */
export const callNames = Object.fromEntries(
  Object.entries(contract).map(([group, calls]) => [group, Object.keys(calls)]),
) as unknown as { readonly [G in CallGroup]: readonly Extract<keyof Contract[G], string>[] };

export const eventNames = Object.keys(eventContract) as readonly EventName[];
