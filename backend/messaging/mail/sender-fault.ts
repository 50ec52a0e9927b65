import { z } from 'zod';
import { emailAddress } from '../../../shared/api/email-address.ts';

const sender = /^(?:(?<name>"[^"\r\n]*"|[^"<>,;:@\r\n]*)\s*<(?<inBrackets>[^<>\s]+)>|(?<alone>[^<>\s,;]+))$/;
/**
 * An address to which a mail can be returned. Its domain may be internationalised, but letters beyond ASCII before the @ are refused, because few
 * mail servers return mail to them. A name without a dot is allowed for a mail server on this computer.
 */
const address = z.union([emailAddress.regex(/^[\x21-\x7e]+@/), z.string().regex(/^[\w.+-]+@localhost$/)]);

/**
 * Why a text cannot be the sender of mails; null if it can. Mail servers do not return mail to a sender that they cannot parse, so bounces would be
 * lost.
 */
export function senderFault(from: string): string | null {
  const found = sender.exec(from.trim())?.groups;
  const written = found?.['inBrackets'] ?? found?.['alone'] ?? '';
  return address.safeParse(written).success
    ? null
    : 'Enter one email address, alone or after a name: Reset Desk <desk@example.com>.';
}
