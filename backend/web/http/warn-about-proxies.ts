import type { FastifyInstance } from 'fastify';

interface Collaborators {
  /** The configured public URL; undefined if none is configured, so that the address on which the server listens takes its place. */
  readonly publicUrl: string | undefined;
  readonly log: (event: string, facts: Readonly<Record<string, string>>) => void;
}

/**
 * Logs, once for each kind, that requests come through a proxy which the configuration does not know: links in mails then lead to the address on which
 * the server listens, or limits and audit log count every client as the proxy.
 */
export function warnAboutProxies(server: FastifyInstance, { publicUrl, log }: Collaborators): void {
  const warned = new Set<string>();
  const warn = (event: string, facts: Readonly<Record<string, string>>) => {
    if (warned.has(event)) return;
    warned.add(event);
    log(event, facts);
  };
  server.addHook('onRequest', ({ headers, raw, ip }, _reply, done) => {
    const isForwarded = (name: string) => headers[`x-forwarded-${name}`] !== undefined;
    if (publicUrl === undefined && (isForwarded('proto') || isForwarded('host')))
      warn('proxy-without-public-url', { set: 'RESET_DESK_PUBLIC_URL' });
    const peer = raw.socket.remoteAddress;
    if (isForwarded('for') && ip === peer)
      warn('proxy-not-trusted', { set: 'RESET_DESK_TRUST_PROXY', proxy: peer });
    done();
  });
}
