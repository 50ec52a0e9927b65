import type { ReactNode } from 'react';
import { createRoot, hydrateRoot, type RootOptions } from 'react-dom/client';
import { styleAttribute } from '../../shared/bridge/first-screen.ts';

/** Shows the page. A rendered screen that is shown already keeps its elements, and with them the focus and what was typed. */
export function showPage(root: HTMLElement, page: ReactNode, options: RootOptions = {}): void {
  if (!root.hasChildNodes()) return createRoot(root, options).render(page);
  for (const element of root.querySelectorAll<HTMLElement>(`[${styleAttribute}]`)) {
    element.style.cssText = element.getAttribute(styleAttribute) ?? '';
    element.removeAttribute(styleAttribute);
  }
  hydrateRoot(root, page, options);
}
