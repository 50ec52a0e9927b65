/** The product's own name, which the sender has by default. */
const unnamed = /^"?Reset Desk"?\s*<([^<>]+)>$/;

/**
 * The sender of mails. An address without a name gets the organisation's name, because an unknown address alone looks like a forgery. A configured
 * name is kept.
 */
export function namedSender(from: string, organisation: string): string {
  const address = unnamed.exec(from)?.[1] ?? from;
  if (organisation === '' || address.includes('<')) return from;
  return `"${organisation.replaceAll(/["\\\r\n]/g, '')}" <${address}>`;
}
