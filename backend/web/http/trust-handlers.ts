import type * as trustApi from '../../../shared/api/trust.ts';
import type { TrustSettingsStore } from '../../outbound/trust-settings.ts';
import type { Handlers } from './handler.ts';

/** The certificates for outgoing connections over HTTP. */
export const createTrustHandlers = (settings: TrustSettingsStore): Handlers<typeof trustApi> => ({
  getTrust: () => settings.view(),
  changeTrust: async ({ body: { clientKey, ...chosen }, origin }) => {
    await settings.change(chosen, clientKey, origin);
    return settings.view();
  },
});
