import { createContext, useContext, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

/** The element of the top bar in which the open screen renders its own controls; null until it is mounted. */
const TopSlot = createContext<HTMLElement | null>(null);
export const TopSlotProvider = TopSlot.Provider;

/** Renders its children in the top bar, or in place without a top bar. */
export function TopSlotContent({ children }: { readonly children: ReactNode }) {
  const slot = useContext(TopSlot);
  return slot === null ? children : createPortal(children, slot);
}
