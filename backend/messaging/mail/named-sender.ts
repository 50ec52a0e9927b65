/** The product's own name, as the sender has it until one is set. */
const unnamed = /^"?Reset Desk"?\s*<([^<>]+)>$/;

/**
 * The sender as mails name it: an address without a name gets the organisation's name, since an unknown address alone looks like a forgery. A sender with a name of
 * its own stays as it was set.
 */
export function namedSender(from: string, organisation: string): string {
  const address = unnamed.exec(from)?.[1] ?? from;
  if (organisation === '' || address.includes('<')) return from;
  return `"${organisation.replaceAll(/["\\\r\n]/g, '')}" <${address}>`;
}
