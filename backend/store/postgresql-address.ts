import { isLoopbackHost } from '../network/addresses.ts';

/** One server of an address, as the driver connects to it. */
export interface PostgresqlServer {
  /** The driver's connection string, with the TLS mode that applies. Holds the password. */
  readonly url: string;
  /** Host and port for a message. */
  readonly name: string;
}

/** Which of several servers to use: any that accepts changes, or one that accepts them by default as well. */
export type SessionAttributes = 'primary' | 'read-write';

export interface PostgresqlAddress {
  /** Tried in this order. */
  readonly servers: readonly PostgresqlServer[];
  readonly sessionAttributes: SessionAttributes;
  readonly database: string;
  /** The address's own start options, such as `-c search_path=desk`; empty by default. */
  readonly options: string;
}

/** How an address is written, for error messages. */
export const addressForm =
  'postgres://user:password@host:port/database, with %40 for @, %2F for /, %3A for :, %3F for ?, %23 for # and %25 for % in the password';

// The URL class does not support a list of hosts with ports.
const shape = /^postgres(?:ql)?:\/\/(?:([^@/?#]*)@)?([^/?#]*)(?:\/([^?#]*))?(?:\?([^#]*))?$/;
const defaultPort = '5432';

/** The folder of a Unix socket begins with a slash. */
const isLocal = (host: string): boolean => host.startsWith('/') || isLoopbackHost(host);

const unbracketed = (host: string): string => host.replace(/^\[(.*)\]$/, '$1');
const inUrl = (host: string): string =>
  host.startsWith('/') ? encodeURIComponent(host) : host.includes(':') ? `[${host}]` : host;

/** Throws for an address that a special character in a password has cut elsewhere than meant. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (thrown) {
    throw new Error(`write ${addressForm}`, { cause: thrown });
  }
}

const splitHost = (text: string): readonly [host: string, port: string] => {
  const [whole, host = '', port = ''] = /^(\[[^\]@]*\]|[^:@]*)(?::(\d*))?$/.exec(text) ?? [];
  if (whole === undefined) throw new Error(`write ${addressForm}`);
  return [unbracketed(decoded(host)), port];
};

interface Parts {
  readonly credentials: string;
  readonly hosts: readonly (readonly [host: string, port: string])[];
  readonly database: string;
  readonly parameters: URLSearchParams;
}

/** Parses an address. A host or port in the query overrides the one before the path, and the last of several counts, as in the driver. */
function partsOf(address: string): Parts {
  const [whole, credentials = '', authority = '', database = '', query = ''] = shape.exec(address) ?? [];
  if (whole === undefined) throw new Error(`write ${addressForm}`);
  const parameters = new URLSearchParams(query);
  decoded(credentials);
  // Rests of a password that has a slash or a question mark. A database's name may have a colon.
  if (/[@/]/.test(database) || [...parameters.keys()].some((name) => !/^\w+$/.test(name)))
    throw new Error(`write ${addressForm}`);
  const last = (name: string): string => parameters.getAll(name).at(-1) ?? '';
  const inAuthority = authority.split(',').map(splitHost);
  const ports = last('port').split(',');
  const named = last('host') === '' ? null : last('host').split(',').map(unbracketed);
  const names = named ?? inAuthority.map(([host]) => host);
  if (ports.length > 1 && ports.length !== names.length)
    throw new Error('name one port, or as many ports as hosts');
  const hosts = names.map((host, at): readonly [string, string] => [
    // As in libpq and the driver, but with a name, because TLS depends on it.
    host || (process.env['PGHOST'] ?? 'localhost'),
    (ports.length > 1 ? ports[at] : ports[0]) || (named ? '' : (inAuthority[at]?.[1] ?? '')),
  ]);
  return { credentials, hosts, database, parameters };
}

/** Whether the address chooses a TLS mode itself. An empty value chooses none. */
const choosesTls = (parameters: URLSearchParams): boolean =>
  ['sslmode', 'ssl'].some((name) => (parameters.getAll(name).at(-1) ?? '') !== '');

const attributesOf = (wanted: string | undefined): SessionAttributes => {
  if (wanted === undefined || wanted === '' || wanted === 'any' || wanted === 'primary') return 'primary';
  if (wanted === 'read-write') return 'read-write';
  throw new Error('target_session_attrs must be read-write, primary or any: the backend makes changes');
};

/** Reads an address with one or several servers. Throws an error that explains the fault without the address. */
export function readAddress(address: string): PostgresqlAddress {
  const { credentials, hosts, database, parameters } = partsOf(address);
  const sessionAttributes = attributesOf(parameters.getAll('target_session_attrs').at(-1));
  const options = parameters.getAll('options').at(-1) ?? '';
  for (const name of ['host', 'port', 'target_session_attrs', 'options']) parameters.delete(name);
  // SECURITY: checked for all hosts together, so that no host in the list or in the query gets the password in plain text.
  if (!choosesTls(parameters)) {
    parameters.delete('ssl');
    parameters.delete('sslmode');
    if (!hosts.every(([host]) => isLocal(host))) parameters.set('sslmode', 'verify-full');
  }
  const query = parameters.size === 0 ? '' : `?${parameters.toString()}`;
  const servers = hosts.map(([host, port]) => ({
    url: `postgres://${credentials && `${credentials}@`}${inUrl(host)}${port && `:${port}`}/${database}${query}`,
    name: `${host}:${port || defaultPort}`,
  }));
  return { servers, sessionAttributes, database, options };
}

/** Hosts, ports and database for a message; without user and password. */
export function describeAddress(address: string): string {
  const { servers, database } = readAddress(address);
  return `${servers.map(({ name }) => name).join(',')}/${database}`;
}
