import { z } from 'zod';
import { isLoopbackHost } from '../../network/addresses.ts';
import type { StoredMailSettings } from './mail-settings.ts';
import { senderFault } from './sender-fault.ts';

const address = z.url({ protocol: /^smtps?$/ });

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
  if (!parsed.success)
    throw new Error('RESET_DESK_SMTP_URL: write smtp://host:port or smtps://user:password@host:port');
  const { protocol, hostname, port, username, password, searchParams } = new URL(parsed.data);
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
      userName: decodeURIComponent(username),
      from,
    },
    password: password === '' ? null : decodeURIComponent(password),
  };
}
