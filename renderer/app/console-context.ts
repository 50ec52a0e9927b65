import { createContext, useContext } from 'react';
import type { SessionView } from '../../shared/api/session.ts';
import type { BackendProcessState, ConsoleState } from '../../shared/bridge/state.ts';

/** Where the console stands, and what may move it. */
export interface ConsoleContextValue {
  readonly state: ConsoleState;
  readonly backend: BackendProcessState | null;
  /** Something to know that no screen belongs to, e.g. that the sign-in could not be remembered. */
  readonly notice: string | null;
  readonly dismiss: () => void;
  readonly enter: (session: SessionView, notice?: string | null) => void;
  readonly replace: (state: ConsoleState) => void;
  /** Asks main again where the console stands. */
  readonly reread: () => Promise<void>;
}

export const ConsoleContext = createContext<ConsoleContextValue | null>(null);

/** Where the console stands; only below the application. */
export function useConsole(): ConsoleContextValue {
  const value = useContext(ConsoleContext);
  if (value === null) throw new Error('useConsole stands outside the application.');
  return value;
}
