import { createContext, useContext, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

/** The place in the top bar where the open screen puts what belongs to it; null until it is there. */
const TopSlot = createContext<HTMLElement | null>(null);
export const TopSlotProvider = TopSlot.Provider;

/** Puts its children into the top bar, or where it stands when there is none. */
export function TopSlotContent({ children }: { readonly children: ReactNode }) {
  const slot = useContext(TopSlot);
  return slot === null ? children : createPortal(children, slot);
}
