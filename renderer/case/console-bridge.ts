import { createContext, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import type { Bridge } from '../../shared/bridge/contract.ts';
import { bridgeName } from '../../shared/bridge/channels.ts';
import type { Failure, Result } from '../../shared/errors/result.ts';

/** Lets a test put its own bridge in place of the preload's. */
export const BridgeOverride = createContext<Bridge | null>(null);

/** The bridge that the preload put on the window. */
export function useConsoleBridge(): Bridge {
  const override = useContext(BridgeOverride);
  return override ?? (window as unknown as Record<typeof bridgeName, Bridge>)[bridgeName];
}

export type Words = (key: string, values?: Record<string, string | number>) => string;

/** Looks words up in the catalogue; keys are `<file>.<path>`. */
export function useWords(): Words {
  const { t } = useTranslation();
  return (key, values) => String(t(key as never, values as never));
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
