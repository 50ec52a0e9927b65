import type { AxiosInstance } from 'axios';
import type { SecureContext } from 'node:tls';
import type { FindProxy } from './proxy-choice.ts';

/** Loads axios with keep-alive agents. Calls `trust` once for the certificate authorities to trust, and `findProxy` for each new connection. */
export async function loadHttp(
  trust: () => SecureContext | undefined,
  findProxy?: FindProxy,
): Promise<{ readonly http: AxiosInstance; readonly close: () => void }> {
  const [{ default: axios }, { SystemProxyAgent, noProxy }] = await Promise.all([
    import('axios'),
    import('./system-proxy.ts'),
  ]);
  const secureContext = trust();
  const agent = new SystemProxyAgent(findProxy ?? noProxy, secureContext && { secureContext });
  return {
    http: axios.create({
      adapter: 'http',
      httpAgent: agent,
      httpsAgent: agent,
      // The agent knows the proxies.
      proxy: false,
      maxRedirects: 0,
      maxBodyLength: Infinity,
      responseType: 'text',
      transformRequest: [(data: unknown) => data],
      transformResponse: [(data: unknown) => data],
      validateStatus: () => true,
    }),
    close: () => {
      agent.destroy();
    },
  };
}
