import type * as providerApi from '../../../shared/api/provider.ts';
import type { AssertRecent } from '../../authorization/recent-proof.ts';
import type { ProviderSettingsStore } from '../../operators/provider/provider-settings.ts';
import type { ProviderSignIn } from '../../operators/provider/provider-sign-in.ts';
import type { RelyingParty } from '../../operators/provider/relying-party.ts';
import { Refusal } from '../../refusal.ts';
import type { Handlers } from './handler.ts';

interface Collaborators {
  readonly providerSettings: ProviderSettingsStore;
  readonly providerSignIn: ProviderSignIn;
  readonly party: RelyingParty;
  readonly assertRecent: AssertRecent;
}

/** The identity provider over HTTP: its settings, and the sign-in with it. */
export function createProviderHandlers({
  providerSettings,
  providerSignIn,
  party,
  assertRecent,
}: Collaborators): Handlers<typeof providerApi> {
  const view = async () => {
    const { settings, secret } = await providerSettings.read();
    return { ...settings, secretStored: secret !== null, redirectUri: 'http://127.0.0.1/callback' };
  };
  return {
    getProvider: () => view(),
    changeProvider: async ({ body: { secret, ...settings }, session, origin }) => {
      await assertRecent(session);
      await providerSettings.change(settings, secret, origin);
      return view();
    },
    testProvider: async () => {
      const stored = await providerSettings.read();
      if (stored.settings.issuer === '') throw new Refusal('provider.off');
      return party.describe(stored);
    },
    startProviderSignIn: ({ body }) => providerSignIn.start(body),
    finishProviderSignIn: ({ body: { client, ...back }, origin }) =>
      providerSignIn.finish(back, { ...origin, client: client ?? origin.client }),
  };
}
