import { createContext, useContext, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

/** The end of the top bar, for what the open screen puts there; null where there is no top bar. */
export const TopBarSlot = createContext<HTMLElement | null>(null);

/** Puts a screen's own actions into the top bar; without one they stay in place. */
export function InTopBar({ children }: { readonly children: ReactNode }) {
  const slot = useContext(TopBarSlot);
  const bar = <div className="case-bar">{children}</div>;
  return slot === null ? bar : createPortal(bar, slot);
}
