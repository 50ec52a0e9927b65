import http from 'node:http';
import https from 'node:https';
import type { SecureContext } from 'node:tls';
import { Agent, type AgentConnectOpts } from 'agent-base';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';
import { SocksProxyAgent } from 'socks-proxy-agent';
import { createProxyChoice, type FindProxy } from './proxy-choice.ts';
import { isLoopback } from './server-address.ts';

/** Reports that no address needs a proxy. */
export const noProxy: FindProxy = () => Promise.resolve('DIRECT');

interface AgentOptions {
  readonly secureContext?: SecureContext;
}

/**
 * Connects directly or by the proxy for each address: one that the environment names (`HTTPS_PROXY`, `NO_PROXY`), else the system's. Plain HTTP goes to this
 * computer alone, which is always reached directly. A connection is kept for the next call to the same server.
 */
export class SystemProxyAgent extends Agent {
  readonly #chooseProxy: (url: string) => Promise<string | null>;
  readonly #direct: Readonly<Record<'http' | 'https', http.Agent>>;
  readonly #byProxy = new Map<string, http.Agent>();
  readonly #shared: http.AgentOptions;

  constructor(findProxy: FindProxy, { secureContext }: AgentOptions = {}) {
    const shared = {
      keepAlive: true,
      minVersion: 'TLSv1.2' as const,
      ...(secureContext && { secureContext }),
    };
    super(shared);
    this.#shared = shared;
    this.#chooseProxy = createProxyChoice(findProxy);
    this.#direct = { http: new http.Agent(shared), https: new https.Agent(shared) };
  }

  async connect(_request: http.ClientRequest, options: AgentConnectOpts): Promise<http.Agent> {
    if (!options.secureEndpoint) return this.#direct.http;
    const host = options.host ?? '';
    const name = host.includes(':') ? `[${host}]` : host;
    if (isLoopback(name)) return this.#direct.https;
    const url = `https://${name}:${options.port}/`;
    const proxy = getProxyForUrl(url) || (await this.#chooseProxy(url));
    return proxy === null ? this.#direct.https : this.#agentFor(proxy);
  }

  #agentFor(proxy: string): http.Agent {
    const known = this.#byProxy.get(proxy);
    if (known) return known;
    const isSocks = proxy.startsWith('socks');
    const agent = isSocks
      ? new SocksProxyAgent(proxy, this.#shared)
      : new HttpsProxyAgent(proxy, this.#shared);
    this.#byProxy.set(proxy, agent);
    return agent;
  }

  override destroy(): void {
    for (const agent of [this.#direct.http, this.#direct.https, ...this.#byProxy.values()]) agent.destroy();
    super.destroy();
  }
}
