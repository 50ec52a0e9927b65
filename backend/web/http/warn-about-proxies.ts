import type { FastifyInstance } from 'fastify';
import type { ServerNotices } from './server-notices.ts';

interface Collaborators {
  /** The configured public URL; undefined if none is configured, so that the address on which the server listens is used. */
  readonly publicUrl: string | undefined;
  readonly notices: Pick<ServerNotices, 'add'>;
}

/**
 * Detects requests through a proxy that the configuration does not contain. Links in mails then lead to the address on which the server listens, or
 * limits and audit log count every client as the proxy.
 */
export function warnAboutProxies(server: FastifyInstance, { publicUrl, notices }: Collaborators): void {
  server.addHook('onRequest', ({ headers, raw, ip }, _reply, done) => {
    const isForwarded = (name: string) => headers[`x-forwarded-${name}`] !== undefined;
    const proxy = raw.socket.remoteAddress ?? null;
    if (publicUrl === undefined && (isForwarded('proto') || isForwarded('host')))
      notices.add({ code: 'proxy-without-public-url', set: 'RESET_DESK_PUBLIC_URL', proxy: null });
    if (isForwarded('for') && ip === proxy)
      notices.add({ code: 'proxy-not-trusted', set: 'RESET_DESK_TRUST_PROXY', proxy });
    done();
  });
}
