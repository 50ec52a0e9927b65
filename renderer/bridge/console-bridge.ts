import { createContext, useContext } from 'react';
import type { Bridge } from '../../shared/bridge/contract.ts';
import { bridgeName } from '../../shared/bridge/channels.ts';
import type { Failure, Result } from '../../shared/errors/result.ts';

/** The bridge that the application wraps around the preload's; a test's own. */
export const BridgeOverride = createContext<Bridge | null>(null);

/** The bridge that the preload put on the window. */
export const consoleBridge = (): Bridge =>
  (window as unknown as Record<typeof bridgeName, Bridge>)[bridgeName];

/** The same within the application; in a test the test's own. */
export function useConsoleBridge(): Bridge {
  return useContext(BridgeOverride) ?? consoleBridge();
}

/** A failed bridge call on its way through react-query, which only knows throws. */
export class CallFailed extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

/** The value of a bridge call, or the failure thrown. */
export async function valueOf<T>(answer: Promise<Result<T>>): Promise<T> {
  const result = await answer;
  if (!result.ok) throw new CallFailed(result.failure);
  return result.value;
}
export const failureOf = (error: unknown): Failure | null =>
  error instanceof CallFailed ? error.failure : null;
