import type * as providerApi from '../../../shared/api/provider.ts';
import type { Administration } from '../../operators/administration.ts';
import type { OperatorRows } from '../../operators/operator-rows.ts';
import type { ProviderSettingsStore } from '../../operators/provider/provider-settings.ts';
import type { ProviderSignIn } from '../../operators/provider/provider-sign-in.ts';
import type { RelyingParty } from '../../operators/provider/relying-party.ts';
import { Refusal } from '../../refusal.ts';
import { backChannelLogoutPath } from './mount-back-channel-logout.ts';
import type { Handlers } from './handler.ts';

interface Collaborators {
  readonly providerSettings: ProviderSettingsStore;
  readonly providerSignIn: ProviderSignIn;
  readonly party: RelyingParty;
  readonly administration: Administration;
  readonly rows: OperatorRows;
  readonly publicUrl: () => string;
}

/** The identity provider over HTTP: its settings, and the sign-in with it. */
export function createProviderHandlers({
  providerSettings,
  providerSignIn,
  party,
  administration,
  rows,
  publicUrl,
}: Collaborators): Handlers<typeof providerApi> {
  const view = async () => {
    const { settings, secret } = await providerSettings.read();
    return {
      ...settings,
      secretStored: secret !== null,
      linkedElsewhere: await rows.countLinkedElsewhere(settings.issuer),
      redirectUri: 'http://127.0.0.1/callback',
      backChannelLogoutUri: `${publicUrl()}${backChannelLogoutPath}`,
    };
  };
  return {
    getProvider: () => view(),
    changeProvider: async ({ body: { secret, ...settings }, origin }) => {
      await providerSettings.change(settings, secret, origin);
      return view();
    },
    unlinkOtherIssuers: async ({ origin }) => {
      const { issuer } = (await providerSettings.read()).settings;
      if (issuer === '') throw new Refusal('provider.off');
      return { unlinked: await administration.unlinkOtherIssuers(issuer, origin) };
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
