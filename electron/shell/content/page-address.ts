/** Scheme and host of the page; its files come from `out/renderer`. */
export const pageScheme = 'app';
export const pageHost = 'reset-desk';
export const pageOrigin = `${pageScheme}://${pageHost}`;
export const pageAddress = `${pageOrigin}/`;

/** Whether an address is the one page that the window may show, with any fragment. */
export function isPage(address: string): boolean {
  return address.split('#', 1)[0] === pageAddress;
}
