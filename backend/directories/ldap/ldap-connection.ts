import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Socket } from 'node:net';
import type { Client, Control, Filter } from 'ldapts';
import type { Secret } from '../../../shared/secret/secret.ts';
import { beginTls, openConnection } from '../../outbound/open-connection.ts';
import type { Trust } from '../../outbound/trust.ts';
import { DirectoryFault } from '../external/directory-fault.ts';
import { ldapEntry, type LdapEntry } from './ldap-entry.ts';
import { connectFault, ldapLibrary, LdapResult, sendRead, sendWithin, sendWrite } from './ldap-requests.ts';

export interface LdapServer {
  readonly host: string;
  readonly port: number;
}

/** As `host:port`. */
export const nameOf = ({ host, port }: LdapServer): string => `${host}:${port}`;

/** The server with a name from {@link nameOf}. */
export const serverOf = (name: string): LdapServer => {
  const at = name.lastIndexOf(':');
  return { host: name.slice(0, at), port: Number(name.slice(at + 1)) };
};

export interface LdapTimeouts {
  /** Milliseconds to connect, TLS included. */
  readonly connectMs: number;
  /** Milliseconds for the answer to one request. */
  readonly requestMs: number;
}

export const defaultTimeouts: LdapTimeouts = { connectMs: 5000, requestMs: 10_000 };

/** One change of an entry. An empty list of values removes the attribute; `replace` accepts that the attribute is absent. */
export interface LdapChange {
  readonly operation: 'add' | 'delete' | 'replace';
  readonly attribute: string;
  readonly values: readonly string[] | readonly Buffer[];
}

export const change = (
  operation: LdapChange['operation'],
  attribute: string,
  values: LdapChange['values'],
): LdapChange => ({ operation, attribute, values });

export interface LdapSearch {
  readonly base: string;
  readonly scope: 'base' | 'one' | 'sub';
  readonly filter: string;
  /** An attribute that must have one of these values, besides the filter: the library reads the escaped bytes of a filter as letters. */
  readonly bytes?: { readonly attribute: string; readonly values: readonly Buffer[] };
  readonly attributes: readonly string[];
  readonly binary?: readonly string[];
  readonly controls?: readonly Control[];
}

/** One connection with TLS to one server. It never reconnects by itself, because later requests would then be sent without its sign-in. */
export interface LdapConnection {
  /** As `host:port`. */
  readonly server: string;
  readonly isOpen: boolean;
  /** Throws {@link LdapResult} if the server refuses. */
  bind(name: string, password: Secret, controls?: readonly Control[]): Promise<void>;
  /** At most 1,000 entries unless only the base is read; none if the base does not exist. */
  search(search: LdapSearch): Promise<readonly LdapEntry[]>;
  /** Lists of up to 100 entries. Requests are answered between two lists, and come first with `isPaced`. */
  pages(
    search: LdapSearch,
    signal?: AbortSignal,
    options?: { readonly isPaced?: boolean },
  ): AsyncGenerator<readonly LdapEntry[]>;
  modify(dn: string, changes: readonly LdapChange[], controls?: readonly Control[]): Promise<void>;
  extended(oid: string, value: Buffer, controls?: readonly Control[]): Promise<void>;
  close(): void;
}

/** Entries of a page, those that are converted at once, and the most that a search without pages may find. */
const [pageSize, listSize, maxFound] = [500, 100, 1000];
/** Entries of a page that is followed by a pause, and the milliseconds of the pause: a request waits for at most one such page, for a millisecond or two. */
const [pacedSize, pauseMs] = [50, 4];

/** Destroys sockets, the newest first: Node crashes when it destroys a socket below an open TLS socket. */
export function destroyAll(sockets: readonly Socket[]): void {
  for (const socket of sockets.toReversed()) socket.destroy();
}

/** The sockets of one connection: one, or two with StartTLS. */
function createSockets(
  { host, port }: LdapServer,
  { encryption, trust }: { readonly encryption: 'tls' | 'start-tls'; readonly trust: Trust },
) {
  const server = nameOf({ host, port });
  const isTls = encryption === 'tls';
  const sockets: Socket[] = [];
  let isOpen = true;
  const keep = <T extends Socket>(socket: T): T => {
    sockets.push(socket);
    socket.setNoDelay(true);
    socket.once('close', () => {
      isOpen = false;
    });
    return socket;
  };
  /** The library would reconnect after a lost connection, without TLS and sign-in. The second attempt therefore fails. */
  const connectOnce = (tls: boolean) => () => {
    if (sockets.length > 0) throw new DirectoryFault('unreachable', { server });
    return keep(openConnection({ host, port, tls }, trust));
  };
  const line = {
    server,
    get isOpen() {
      return isOpen;
    },
    close: () => {
      isOpen = false;
      destroyAll(sockets);
    },
  };
  return {
    line,
    /** Sends no further requests; the last one sent may still leave. */
    end: () => {
      isOpen = false;
    },
    options: {
      url: `${isTls ? 'ldaps' : 'ldap'}://${host.includes(':') ? `[${host}]` : host}:${port}`,
      createConnection: connectOnce(false) as never,
      createSecureConnection: (isTls
        ? connectOnce(true)
        : (options: { readonly socket: Socket }) => keep(beginTls(options.socket, host, trust))) as never,
    },
  };
}

type Ldapts = Awaited<ReturnType<typeof ldapLibrary>>;

/** Throws `filter-invalid` for a text that is no filter. The filters of the adapters are valid, so that it is the one of the settings. */
function parsedFilter({ FilterParser }: Ldapts, filter: string, server: string): Filter {
  try {
    return FilterParser.parseString(filter);
  } catch {
    throw new DirectoryFault('filter-invalid', { server });
  }
}

/** A search in the library's notation. */
function searchOptions(
  ldapts: Ldapts,
  { binary = [], scope, attributes, filter: text, bytes }: LdapSearch,
  server: string,
) {
  const { AndFilter, EqualityFilter, OrFilter } = ldapts;
  const filter = parsedFilter(ldapts, text, server);
  return {
    scope,
    filter:
      bytes === undefined
        ? filter
        : new AndFilter({
            filters: [
              new OrFilter({
                filters: bytes.values.map(
                  (value) => new EqualityFilter({ attribute: bytes.attribute, value }),
                ),
              }),
              filter,
            ],
          }),
    attributes: [...attributes],
    explicitBufferAttributes: [...binary],
  };
}

/** Connects, with TLS from the first byte or after StartTLS. Throws {@link DirectoryFault}. */
export async function openLdapConnection(
  { host, port }: LdapServer,
  {
    encryption,
    trust,
    timeouts: { connectMs, requestMs },
  }: {
    readonly encryption: 'tls' | 'start-tls';
    readonly trust: Trust;
    readonly timeouts: LdapTimeouts;
  },
): Promise<LdapConnection> {
  const ldapts = await ldapLibrary();
  const { line, end, options } = createSockets({ host, port }, { encryption, trust });
  const client: Client = new ldapts.Client(options);
  const optionsOf = (search: LdapSearch) => searchOptions(ldapts, search, line.server);
  const read = <T>(send: () => Promise<T>, signal?: AbortSignal) => sendRead(requestMs, line, send, signal);
  const write = <T>(send: () => Promise<T>) => sendWrite(requestMs, line, send);

  try {
    await sendWithin(connectMs, line, () => connect(client, encryption === 'tls'));
  } catch (thrown) {
    line.close();
    throw connectFault(thrown, line.server);
  }
  return {
    server: line.server,
    get isOpen() {
      return line.isOpen;
    },
    bind: async (name, password, controls = []) => {
      // A bind without a password succeeds as anonymous, whatever the name (RFC 4513, 5.1.2).
      if (password.expose() === '') throw new LdapResult(49, '');
      return read(() => client.bind(name, password.expose(), [...controls]));
    },
    async search(search) {
      const searched = { ...optionsOf(search), ...(search.scope !== 'base' && { sizeLimit: maxFound }) };
      return read(async () => {
        const { searchEntries } = await client.search(search.base, searched, [...(search.controls ?? [])]);
        return searchEntries.map(ldapEntry);
      }).catch((thrown: unknown) => {
        if (thrown instanceof LdapResult && thrown.code === 32) return [];
        throw thrown;
      });
    },
    async *pages(search, signal, { isPaced = false } = {}) {
      const paged = { pageSize: isPaced ? pacedSize : pageSize };
      const found = client.searchPaginated(search.base, { ...optionsOf(search), paged }, [
        ...(search.controls ?? []),
      ]);
      for (;;) {
        const page = await read(() => found.next(), signal);
        if (page.done === true) return;
        const { searchEntries: entries } = page.value;
        for (let at = 0; at < entries.length; at += listSize) {
          yield entries.slice(at, at + listSize).map(ldapEntry);
          await setImmediate();
        }
        if (isPaced && entries.length === pacedSize) await setTimeout(pauseMs);
      }
    },
    modify: (dn, changes, controls = []) =>
      write(() =>
        client.modify(
          dn,
          changes.map(
            ({ operation, attribute, values }) =>
              new ldapts.Change({
                operation,
                modification: new ldapts.Attribute({ type: attribute, values: [...values] as string[] }),
              }),
          ),
          [...controls],
        ),
      ),
    extended: (oid, value, controls = []) =>
      write(async () => {
        await client.exop(oid, value, [...controls]);
      }),
    close: () => {
      end();
      // The connection may be gone already, and nothing more is asked of it.
      client.unbind().catch(() => undefined);
    },
  };
}

/** Opens the connection through the library, with a request for the server's own entry, which every server answers without sign-in. */
async function connect(client: Client, isTls: boolean): Promise<void> {
  if (isTls) await client.search('', { scope: 'base', attributes: ['supportedControl'] });
  else await client.startTLS();
}
