import { createContext, useContext } from 'react';
import type { Bridge } from '../../shared/bridge/contract.ts';
import type { Failure, Result } from '../../shared/errors/result.ts';
import { consoleBridge } from './exposed-bridge.ts';

/** Replaces the preload's bridge: the application's wrapper of it, or the bridge of a test. */
export const BridgeOverride = createContext<Bridge | null>(null);

/** The bridge for components: the one from `BridgeOverride` if it is set, otherwise the preload's. */
export function useConsoleBridge(): Bridge {
  return useContext(BridgeOverride) ?? consoleBridge();
}

/** A failed bridge call as an error, because react-query learns of failures only from errors. */
export class CallFailed extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

/** The value of a bridge call. Throws {@link CallFailed} if the call failed. */
export async function valueOf<T>(answer: Promise<Result<T>>): Promise<T> {
  const result = await answer;
  if (!result.ok) throw new CallFailed(result.failure);
  return result.value;
}

/** The failure of a bridge call; null for any other error. */
export const failureOf = (error: unknown): Failure | null =>
  error instanceof CallFailed ? error.failure : null;
