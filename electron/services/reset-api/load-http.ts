import type { AxiosInstance } from 'axios';
import type { SecureContext } from 'node:tls';

/** Loads axios with keep-alive agents. Calls `trust` once for the certificate authorities to trust. */
export async function loadHttp(
  trust: () => SecureContext | undefined,
): Promise<{ readonly http: AxiosInstance; readonly close: () => void }> {
  const [{ default: axios }, http, https] = await Promise.all([
    import('axios'),
    import('node:http'),
    import('node:https'),
  ]);
  const secureContext = trust();
  const httpAgent = new http.Agent({ keepAlive: true });
  const httpsAgent = new https.Agent({
    keepAlive: true,
    minVersion: 'TLSv1.2',
    ...(secureContext && { secureContext }),
  });
  return {
    http: axios.create({
      adapter: 'http',
      httpAgent,
      httpsAgent,
      maxRedirects: 0,
      maxBodyLength: Infinity,
      responseType: 'text',
      transformRequest: [(data: unknown) => data],
      transformResponse: [(data: unknown) => data],
      validateStatus: () => true,
    }),
    close: () => {
      httpAgent.destroy();
      httpsAgent.destroy();
    },
  };
}
