/** A delivery report about one of the desk's mails. */
export interface DeliveryReport {
  readonly mailId: string;
  /** The remote server's answer, or its status code. */
  readonly reason: string;
}

const uuid = '([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})';

/**
 * Reads a delivery status notification (RFC 3464) about a permanent failure; null for anything else, such as a delay or an out-of-office answer. The
 * desk's mail is identified by its envelope id (RFC 3461), or else by the Message-ID in the returned part.
 */
export function readReport(message: string): DeliveryReport | null {
  const unfolded = message.replaceAll('\r\n', '\n').replaceAll(/\n[ \t]+/g, ' ');
  const head = unfolded.slice(0, Math.max(0, unfolded.indexOf('\n\n')));
  if (!/^content-type:\s*multipart\/report\b.*report-type="?delivery-status/im.test(head)) return null;
  if (!/^action:\s*failed\b/im.test(unfolded)) return null;
  const body = unfolded.slice(head.length);
  const found =
    new RegExp(`^original-envelope-id:\\s*${uuid}\\s*$`, 'im').exec(body) ??
    new RegExp(`^message-id:\\s*<${uuid}@`, 'im').exec(body);
  const mailId = found?.[1]?.toLowerCase();
  if (mailId === undefined) return null;
  const diagnostic = /^diagnostic-code:\s*(?:[\w-]+\s*;)?\s*(.+)$/im.exec(body)?.[1];
  const status = /^status:\s*(\S+)/im.exec(body)?.[1];
  return { mailId, reason: (diagnostic ?? status ?? 'undeliverable').trim() };
}
