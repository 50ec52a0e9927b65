import { z } from 'zod';
import { isLoopbackHost } from '../../network/addresses.ts';
import type { StoredMailSettings } from './mail-settings.ts';
import { senderFault } from './sender-fault.ts';

const address = z.url({ protocol: /^smtps?$/ });

const wrongAddress =
  'RESET_DESK_SMTP_URL: write smtp://host:port or smtps://user:password@host:port, with %40 for @, %2F for /, %3A for :, %3F for ?, %23 for # and %25 for % in the password';

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (thrown) {
    throw new Error(wrongAddress, { cause: thrown });
  }
}

/** The meanings of `?tls=` in an `smtp` address. */
const securityIn = { starttls: 'starttls', none: 'none' } as const;

/**
 * The mail server from `RESET_DESK_SMTP_URL` (`smtps://user:password@host:465`, or `smtp://…`, which requires STARTTLS for every computer but this
 * one; `?tls=starttls` and `?tls=none` override that) and the sender from `RESET_DESK_MAIL_FROM`. Null if it is not set; throws without repeating the
 * password.
 */
export function readMailEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
): StoredMailSettings | null {
  const text = variables['RESET_DESK_SMTP_URL'];
  if (text === undefined || text === '') return null;
  const parsed = address.safeParse(text);
  if (!parsed.success) throw new Error(wrongAddress);
  const { protocol, hostname, port, pathname, hash, username, password, searchParams } = new URL(parsed.data);
  // A special character in the password would otherwise make its beginning the host, to which the rest is not sent.
  if (!['', '/'].includes(pathname) || hash !== '' || [...searchParams.keys()].some((name) => name !== 'tls'))
    throw new Error(wrongAddress);
  const chosen = searchParams.get('tls');
  if (chosen !== null && (!Object.hasOwn(securityIn, chosen) || protocol === 'smtps:'))
    throw new Error('RESET_DESK_SMTP_URL: tls is starttls or none, and only behind smtp://');
  const from = variables['RESET_DESK_MAIL_FROM'] ?? 'Reset Desk <reset-desk@localhost>';
  const fault = senderFault(from);
  if (fault !== null) throw new Error(`RESET_DESK_MAIL_FROM: ${fault}`);
  const tls = protocol === 'smtps:';
  return {
    settings: {
      transport: 'smtp',
      host: hostname.replaceAll(/^\[|\]$/g, ''),
      port: port === '' ? (tls ? 465 : 587) : Number(port),
      security: tls
        ? 'tls'
        : chosen !== null
          ? securityIn[chosen as keyof typeof securityIn]
          : isLoopbackHost(hostname)
            ? 'none'
            : 'starttls',
      userName: decoded(username),
      from,
    },
    password: password === '' ? null : decoded(password),
  };
}
