import type { Socket } from 'node:net';
import type { Client, Control } from 'ldapts';
import type { Secret } from '../../../shared/secret/secret.ts';
import { certificateFailure } from '../../outbound/connection-failure.ts';
import { withDeadline } from '../../outbound/deadline.ts';
import { beginTls, openConnection } from '../../outbound/open-connection.ts';
import type { Trust } from '../../outbound/trust.ts';
import { DirectoryFault } from '../external/directory-fault.ts';
import { ldapEntry, type LdapEntry } from './ldap-entry.ts';

export interface LdapServer {
  readonly host: string;
  readonly port: number;
}

export interface LdapTimeouts {
  /** Milliseconds to connect, TLS included. */
  readonly connectMs: number;
  /** Milliseconds for the answer to one request. */
  readonly requestMs: number;
}

export const defaultTimeouts: LdapTimeouts = { connectMs: 5000, requestMs: 10_000 };

/** What an LDAP server answered instead of success. `text` is the server's own, for codes in it alone: it is never shown. */
export class LdapResult extends Error {
  readonly code: number;
  readonly text: string;

  constructor(code: number, text: string) {
    super(`LDAP result ${code}`);
    this.name = 'LdapResult';
    this.code = code;
    this.text = text;
  }
}

/** One change of an entry. An empty list of values removes the attribute; `replace` does so without complaint where it is absent. */
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
  /** An attribute that must have these bytes, besides the filter: the library reads the escaped bytes of a filter as letters. */
  readonly bytes?: { readonly attribute: string; readonly value: Buffer };
  readonly attributes: readonly string[];
  readonly binary?: readonly string[];
  readonly controls?: readonly Control[];
}

/** One connection with TLS to one server. It never reconnects by itself: what follows would be sent without its sign-in. */
export interface LdapConnection {
  /** As `host:port`. */
  readonly server: string;
  readonly isOpen: boolean;
  /** Throws {@link LdapResult} where the server refuses. */
  bind(name: string, password: Secret, controls?: readonly Control[]): Promise<void>;
  /** At most 1,000 entries unless the base alone is read; none where the base does not exist. */
  search(search: LdapSearch): Promise<readonly LdapEntry[]>;
  /** Pages of 1,000 entries. */
  pages(search: LdapSearch, signal?: AbortSignal): AsyncGenerator<readonly LdapEntry[]>;
  modify(dn: string, changes: readonly LdapChange[], controls?: readonly Control[]): Promise<void>;
  extended(oid: string, value: Buffer, controls?: readonly Control[]): Promise<void>;
  close(): void;
}

/** Results of a server that did nothing since it is overloaded (51, busy) or stopping (52, unavailable): the next one may. */
const notNow = new Set([51, 52]);
const pageSize = 1000;
/** Loaded with the first connection, to keep the start of the backend fast. */
export const ldapLibrary = () => import('ldapts');

/** Destroys sockets, the newest first: Node crashes when a socket is destroyed below TLS that is still open. */
export function destroyAll(sockets: readonly Socket[]): void {
  for (const socket of sockets.toReversed()) socket.destroy();
}

/** The fault of a connection that could not be made. */
export function connectFault(thrown: unknown, server: string): DirectoryFault {
  if (thrown instanceof DirectoryFault) return thrown;
  if (thrown instanceof Error && thrown.name === 'DeadlineError')
    return new DirectoryFault('timeout', { server });
  const certificate = certificateFailure(thrown);
  return new DirectoryFault(certificate === null ? 'unreachable' : `certificate-${certificate}`, { server });
}

/** Connects, with TLS from the first byte or after StartTLS. Throws {@link DirectoryFault}. */
export async function openLdapConnection(
  { host, port }: LdapServer,
  {
    encryption,
    trust,
    timeouts,
  }: {
    readonly encryption: 'tls' | 'start-tls';
    readonly trust: Trust;
    readonly timeouts: LdapTimeouts;
  },
): Promise<LdapConnection> {
  const server = `${host}:${port}`;
  const ldapts = await ldapLibrary();
  const sockets: Socket[] = [];
  let isOpen = true;
  const close = () => {
    isOpen = false;
    destroyAll(sockets);
  };
  const keep = <T extends Socket>(socket: T): T => {
    sockets.push(socket);
    socket.setNoDelay(true);
    socket.once('close', () => {
      isOpen = false;
    });
    return socket;
  };
  /** The library connects again after a lost connection, without TLS and sign-in: the second time fails. */
  const connectOnce = (tls: boolean) => () => {
    if (sockets.length > 0) throw new DirectoryFault('unreachable', { server });
    return keep(openConnection({ host, port, tls }, trust));
  };
  const isTls = encryption === 'tls';
  const url = `${isTls ? 'ldaps' : 'ldap'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const client: Client = new ldapts.Client({
    url,
    createConnection: connectOnce(false) as never,
    createSecureConnection: (isTls
      ? connectOnce(true)
      : (options: { readonly socket: Socket }) => keep(beginTls(options.socket, host, trust))) as never,
  });

  /** Sends one request within its time; throws {@link LdapResult}, or what the connection failed by. */
  async function within<T>(milliseconds: number, send: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (!isOpen) throw new DirectoryFault('unreachable', { server });
    return withDeadline(milliseconds, signal, async (deadline) => {
      let stop = () => undefined as void;
      const ended = new Promise<never>((_resolve, reject) => {
        stop = () => {
          close();
          reject(deadline.reason as Error);
        };
      });
      deadline.addEventListener('abort', stop);
      if (deadline.aborted) stop();
      try {
        return await Promise.race([send(), ended]);
      } catch (thrown) {
        if (!(thrown instanceof ldapts.ResultCodeError)) throw thrown;
        if (notNow.has(thrown.code))
          throw new DirectoryFault('unreachable', { server, serverCode: String(thrown.code) });
        throw new LdapResult(thrown.code, thrown.message);
      } finally {
        deadline.removeEventListener('abort', stop);
      }
    });
  }
  /** A read may be asked again, so a lost answer says no more than that. */
  const read = async <T>(send: () => Promise<T>, signal?: AbortSignal): Promise<T> => {
    try {
      return await within(timeouts.requestMs, send, signal);
    } catch (thrown) {
      if (thrown instanceof LdapResult) throw thrown;
      if (signal?.aborted === true) throw thrown;
      close();
      throw connectFault(thrown, server);
    }
  };
  /** The adapter does not know what became of a write whose answer was lost. */
  const write = async <T>(send: () => Promise<T>): Promise<T> => {
    if (!isOpen) throw new DirectoryFault('unreachable', { server });
    try {
      return await within(timeouts.requestMs, send);
    } catch (thrown) {
      if (thrown instanceof LdapResult || thrown instanceof DirectoryFault) throw thrown;
      close();
      throw new DirectoryFault('outcome-unknown', { server });
    }
  };
  const filterOf = ({ filter, bytes }: LdapSearch) =>
    bytes === undefined
      ? filter
      : new ldapts.AndFilter({
          filters: [new ldapts.EqualityFilter(bytes), ldapts.FilterParser.parseString(filter)],
        });
  const options = ({ binary = [], scope, attributes, ...search }: LdapSearch) => ({
    scope,
    filter: filterOf({ ...search, scope, attributes }),
    attributes: [...attributes],
    explicitBufferAttributes: [...binary],
  });

  try {
    await within(timeouts.connectMs, () => connect(client, isTls));
  } catch (thrown) {
    close();
    throw connectFault(thrown, server);
  }
  return {
    server,
    get isOpen() {
      return isOpen;
    },
    bind: (name, password, controls = []) => {
      // A bind without a password succeeds as anonymous, whatever the name (RFC 4513, 5.1.2).
      if (password.expose() === '') throw new LdapResult(49, '');
      return read(() => client.bind(name, password.expose(), [...controls]));
    },
    search: (search) =>
      read(async () => {
        const { searchEntries } = await client.search(
          search.base,
          { ...options(search), ...(search.scope !== 'base' && { sizeLimit: pageSize }) },
          [...(search.controls ?? [])],
        );
        return searchEntries.map(ldapEntry);
      }).catch((thrown: unknown) => {
        if (thrown instanceof LdapResult && thrown.code === 32) return [];
        throw thrown;
      }),
    async *pages(search, signal) {
      const found = client.searchPaginated(search.base, { ...options(search), paged: { pageSize } }, [
        ...(search.controls ?? []),
      ]);
      for (;;) {
        const page = await read(() => found.next(), signal);
        if (page.done === true) return;
        yield page.value.searchEntries.map(ldapEntry);
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
      isOpen = false;
      client.unbind().catch(() => undefined);
    },
  };
}

/** Opens the connection by the library: a request for the server's own entry, which every server answers without sign-in. */
async function connect(client: Client, isTls: boolean): Promise<void> {
  if (isTls) await client.search('', { scope: 'base', attributes: ['supportedControl'] });
  else await client.startTLS();
}
