import type { HttpClient } from '../../outbound/http-client.ts';
import type { RelyingParty } from './relying-party.ts';

/** The identity provider's client, loaded on first use, to keep the start of the backend fast. */
export function loadRelyingParty(http: HttpClient, now: () => number): RelyingParty {
  let loaded: Promise<RelyingParty> | undefined;
  const party = () =>
    (loaded ??= import('./relying-party.ts').then(({ createRelyingParty }) => createRelyingParty(http, now)));
  return {
    clock: Date.now,
    describe: async (provider) => (await party()).describe(provider),
    authorizationUrl: async (provider, asked) => (await party()).authorizationUrl(provider, asked),
    readLogoutToken: async (provider, token) => (await party()).readLogoutToken(provider, token),
    claims: async (provider, asked) => (await party()).claims(provider, asked),
  };
}
