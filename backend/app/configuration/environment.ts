import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { feedAddress } from '../../../shared/updates/update-feed.ts';
import { isUnspecifiedHost, publicAddressFault } from '../../network/public-address.ts';
import { readAddress } from '../../store/postgresql-address.ts';
import type { PostgresqlSettings } from '../../store/open-postgresql.ts';
import { WrongConfiguration } from './start-fault.ts';

const databaseUrl = z.string().transform((text, context) => {
  try {
    readAddress(text);
  } catch (thrown) {
    context.addIssue({ code: 'custom', message: thrown instanceof Error ? thrown.message : '' });
  }
  return text;
});

const publicAddress = z
  .string()
  .transform((text, context) => {
    const fault = publicAddressFault(text);
    if (fault !== null) context.addIssue({ code: 'custom', message: fault });
    return text.replace(/\/+$/, '');
  })
  .optional();

/** A whole number in digits alone, within bounds. */
const wholeNumber = (min: number, max: number) => {
  const fault = `write a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,5}$/, fault)
    .transform(Number)
    .refine((number) => number >= min && number <= max, fault);
};

/** An address of four decimal parts or of version 6, or a network of such addresses. */
function isAddressOrNetwork(text: string): boolean {
  const [address = ''] = text.split('/');
  const isAddress = ipaddr.IPv4.isValidFourPartDecimal(address) || address.includes(':');
  return isAddress && (text.includes('/') ? ipaddr.isValidCIDR(text) : ipaddr.isValid(text));
}

/** Names of networks that the server knows besides addresses. */
const namedNetworks = new Set(['loopback', 'linklocal', 'uniquelocal']);

const trustedProxies = z.string().refine(
  (text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .every((part) => namedNetworks.has(part) || isAddressOrNetwork(part)),
  'write addresses and networks with commas between them, such as 127.0.0.1, 10.0.0.0/8',
);

const environment = z.object({
  RESET_DESK_DATA: z
    .string('name the folder of the database and the key')
    .min(1, 'name the folder of the database and the key'),
  RESET_DESK_HOST: z.string().default('127.0.0.1'),
  RESET_DESK_PORT: wholeNumber(0, 65_535).default(8443),
  RESET_DESK_DATABASE_URL: databaseUrl.optional(),
  RESET_DESK_DATABASE_OWNER_URL: databaseUrl.optional(),
  /** Seconds for which a start waits for an unreachable PostgreSQL. */
  RESET_DESK_DATABASE_WAIT: wholeNumber(0, 3600).default(60),
  RESET_DESK_PUBLIC_URL: publicAddress,
  /** A folder of range files, or the HTTPS address of a range API. */
  RESET_DESK_BREACHED_PASSWORDS: z.string().optional(),
  /** Addresses and networks of trusted proxies, such as `127.0.0.1, 10.0.0.0/8`. */
  RESET_DESK_TRUST_PROXY: trustedProxies.optional(),
  /** Sent unchanged, and only if it is set: it binds browsers to HTTPS, for subdomains as well if it says so. */
  RESET_DESK_HSTS: z
    .string()
    .regex(/^max-age=\d{1,10}(; ?includeSubDomains)?(; ?preload)?$/, 'write max-age=SECONDS')
    .optional(),
  RESET_DESK_UPDATE_FEED: feedAddress.optional(),
  RESET_DESK_TLS_CERT: z.string().optional(),
  RESET_DESK_TLS_KEY: z.string().optional(),
});

/** The variables of a server. Those of its mail server are read by messaging. */
export const knownVariables: readonly string[] = [
  ...Object.keys(environment.shape),
  'RESET_DESK_SMTP_URL',
  'RESET_DESK_MAIL_FROM',
];

/** An empty host means every address, and has a sentence of its own. */
const emptyVariables = (variables: Readonly<Record<string, string | undefined>>): readonly string[] =>
  Object.keys(environment.shape).filter(
    (name) => variables[name] === '' && name !== 'RESET_DESK_HOST' && name !== 'RESET_DESK_DATA',
  );

export interface ServerSettings {
  readonly dataFolder: string;
  readonly host: string;
  readonly port: number;
  readonly publicUrl?: string;
  readonly breachedPasswords?: string;
  readonly trustProxy?: string;
  /** The https address below which consoles find newer versions of themselves. */
  readonly updateFeed?: string;
  /** The value of `Strict-Transport-Security`. */
  readonly hsts?: string;
  /** Files in PEM. */
  readonly tls?: { readonly cert: string; readonly key: string };
  readonly database?: PostgresqlSettings;
  /** Milliseconds. */
  readonly databaseWaitMs?: number;
}

/** The public address of a backend within a console; undefined if none is set. Throws an error that names the variable. */
export function readPublicAddress(variables: Readonly<Record<string, string | undefined>>) {
  const parsed = publicAddress.safeParse(variables['RESET_DESK_PUBLIC_URL'] || undefined);
  if (!parsed.success)
    throw new Error(`RESET_DESK_PUBLIC_URL: ${parsed.error.issues.map(({ message }) => message).join('; ')}`);
  return parsed.data;
}

/** Reads a server's settings from variables named `RESET_DESK_…`. Throws an error that names every wrong variable. */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): ServerSettings {
  const parsed = environment.safeParse(variables);
  const empty = emptyVariables(variables);
  if (!parsed.success || empty.length > 0) {
    const wrong = (parsed.error?.issues ?? []).filter(({ path }) => !empty.includes(path.join('.')));
    const lines = [
      ...wrong.map(({ path, message }) => `${path.join('.')}: ${message}`),
      ...empty.map((name) => `${name}: is empty; give it a value, or remove it`),
    ];
    throw new WrongConfiguration(`The configuration is incomplete or wrong.\n${lines.join('\n')}`);
  }
  const { RESET_DESK_DATA, RESET_DESK_HOST, RESET_DESK_PORT, RESET_DESK_PUBLIC_URL } = parsed.data;
  const { RESET_DESK_BREACHED_PASSWORDS: breachedPasswords } = parsed.data;
  const { RESET_DESK_TLS_CERT: cert, RESET_DESK_TLS_KEY: key } = parsed.data;
  if ((cert === undefined) !== (key === undefined)) {
    throw new WrongConfiguration('Set both RESET_DESK_TLS_CERT and RESET_DESK_TLS_KEY, or neither.');
  }
  if (RESET_DESK_PUBLIC_URL === undefined && isUnspecifiedHost(RESET_DESK_HOST)) {
    throw new WrongConfiguration(
      `RESET_DESK_PUBLIC_URL: set the address that users open. Without it, links in emails would lead to ${RESET_DESK_HOST || 'no address'} (RESET_DESK_HOST), which no browser can open.`,
    );
  }
  const { RESET_DESK_DATABASE_URL: url, RESET_DESK_DATABASE_OWNER_URL: ownerUrl } = parsed.data;
  if (url === undefined && ownerUrl !== undefined) {
    throw new WrongConfiguration(
      'RESET_DESK_DATABASE_OWNER_URL is for PostgreSQL: set RESET_DESK_DATABASE_URL as well.',
    );
  }
  return {
    dataFolder: RESET_DESK_DATA,
    host: RESET_DESK_HOST,
    port: RESET_DESK_PORT,
    ...(cert !== undefined && key !== undefined && { tls: { cert, key } }),
    ...(url !== undefined && {
      database: { url, ...(ownerUrl !== undefined && { ownerUrl }) },
      databaseWaitMs: parsed.data.RESET_DESK_DATABASE_WAIT * 1000,
    }),
    ...(parsed.data.RESET_DESK_TRUST_PROXY !== undefined && {
      trustProxy: parsed.data.RESET_DESK_TRUST_PROXY,
    }),
    ...(parsed.data.RESET_DESK_HSTS !== undefined && { hsts: parsed.data.RESET_DESK_HSTS }),
    ...(parsed.data.RESET_DESK_UPDATE_FEED !== undefined && {
      updateFeed: parsed.data.RESET_DESK_UPDATE_FEED,
    }),
    ...(breachedPasswords !== undefined && { breachedPasswords }),
    ...(RESET_DESK_PUBLIC_URL !== undefined && { publicUrl: RESET_DESK_PUBLIC_URL }),
  };
}
